import { availableParallelism } from 'node:os';
import { ENGINES } from '../../engines/index.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { Simulators } from '../../harness/replications/simulators.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import { findRun, keepLedger, keepRun, readKeptRun, RUNS_DIR } from '../../harness/run-store.ts';
import { simulateClaims } from '../../harness/simulate-claims.ts';
import type { Selection } from '../../harness/verify/choose-runs.ts';
import { verify } from '../../harness/verify/verify.ts';
import type { KeptRun, PlanToVerify, Verification, VerifyReport } from '../../harness/verify/verify.ts';
import { drawLedger, runsNeeded, simulationsNeeded } from '../../model/claims/ledger.ts';
import { nearest } from '../../model/document/nearest.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import { ledgerText } from '../../reports/ledger-text.ts';
import { resultOfLedgers } from '../../reports/read-result.ts';
import type { Result } from '../../reports/result.ts';
import { readRunJson, writeRunJson } from '../../reports/run-json.ts';
import { runText } from '../../reports/run-text.ts';
import { VERIFICATION_FORMAT_VERSION } from '../../reports/verification-schema.ts';
import { predictionsOf } from '../calibrations.ts';
import { cleanUp } from '../clean-up.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { DEFAULT_PLAN, loadLiveScenario, loadPlan, loadScenario, shippedPlans } from '../../api/files.ts';
import { DEFAULT_SEED } from '../options.ts';
import type { Context } from '../context.ts';
import type { ReportOptions } from '../report-options.ts';
import { openReports } from '../reports.ts';
import { loadResults } from '../results.ts';
import { watchRuns } from '../run-progress.ts';
import type { Listen, WatchOptions } from '../run-progress.ts';
import { shareProgress } from '../share-progress.ts';
import { backend } from '../stack.ts';
import { assertWhole } from '../stored-runs.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface VerifyCommandOptions extends WatchOptions, ReportOptions {
  readonly seed: number;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly allPlans?: true;
  readonly full?: true;
  readonly step?: number;
  readonly only?: readonly string[];
  readonly resume?: true;
  readonly computedOnly?: true;
  readonly keepData?: true;
  readonly long?: true;
}

const STACK = 'verify';
const PRODUCTS = 100_000;
const USERS = 50_000;
/** Older runs are not taken for what the same run would show now. */
const RESUME_WITHIN_MS = 24 * 3_600_000;

/** `shop-plan verify [plans…]` */
export async function verifyCommand(
  context: Context,
  names: readonly string[],
  options: VerifyCommandOptions,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const reports = openReports(options);
  const chosen = options.allPlans ? shippedPlans() : names.length > 0 ? names : [DEFAULT_PLAN];
  const plans = await Promise.all(chosen.map((name) => loadPlan(name)));
  const selection = selectionOf(plans, options);
  const verification = options.computedOnly ? computed(plans) : await watched(context, plans, selection, options);
  show(terminal, verification, options);
  // A ledger without measurements, narrowed or cut short, does not take the place of a whole one.
  const isWhole = selection.step === undefined && selection.only.length === 0;
  if (signal.aborted) terminal.message(`interrupted; go on with \`${resuming(chosen, options)}\``);
  else if (isWhole && !options.computedOnly) {
    for (const ledger of verification.ledgers)
      terminal.message(`kept in ${await keepLedger(ledger, selection.full ? 'full' : 'short')}`);
  }
  if (reports.wanted) await reports.write(await resultOf(verification), terminal);
  return verdictOf(verification);
}

/** With what was kept of each run, since reports show what was seen. */
async function resultOf({ ledgers, runs, failures }: Verification): Promise<Result> {
  const kept = runs.length === 0 ? [] : await loadResults(runs.map(({ run }) => run));
  const outcomes = runs.map(({ judgement }) => judgement.outcome);
  return { ...resultOfLedgers(ledgers, failures, outcomes), runs: kept.flatMap(({ result }) => result.runs) };
}

/** @throws UsageError for a name that no scenario and no claim has. */
function selectionOf(plans: readonly Plan[], { full, step, only = [] }: VerifyCommandOptions): Selection {
  const runs = plans.flatMap(simulationsNeeded);
  const measured = plans.flatMap(({ claims }) => claims.filter((claim) => claim.measured !== undefined));
  const known = new Set([...runs.map(({ scenario }) => scenario), ...measured.map(({ id }) => id)]);
  for (const name of only) {
    if (known.has(name)) continue;
    const near = nearest(name, known);
    const scenarios = new Set(runs.map(({ scenario }) => scenario));
    const help = near ? `did you mean \`${near}\`?` : `scenarios: ${[...scenarios].join(', ')}; or the name of a claim`;
    throw new UsageError(`no claim names a scenario \`${name}\`, and none that is measured is called so`, help);
  }
  return { full: full === true, only, ...(step === undefined ? {} : { step }) };
}

function computed(plans: readonly Plan[]): Verification {
  return { ledgers: plans.map((plan) => drawLedger(plan, new Map())), runs: [], failures: [] };
}

function watched(
  context: Context,
  plans: readonly Plan[],
  selection: Selection,
  options: VerifyCommandOptions,
): Promise<Verification> {
  return watchRuns(context.terminal, options, (listen) => measure(context, plans, selection, { ...options, listen }));
}

async function measure(
  context: Context,
  plans: readonly Plan[],
  selection: Selection,
  options: VerifyCommandOptions & { readonly listen: Listen },
): Promise<Verification> {
  const { terminal, signal } = context;
  const loaded = await Promise.all(plans.map(withScenarios));
  if (options.resume) await assertWhole(RUNS_DIR, Date.now() - RESUME_WITHIN_MS);
  await cleanUp(terminal);
  const local = backend();
  const simulators = new Simulators(availableParallelism(), signal);
  try {
    return await verify({
      plans: loaded,
      selection,
      engines: ENGINES,
      backend: local,
      run: (request) =>
        runScenario({ ...request, backend: local, ...options.listen(request, request.scenario.expect) }),
      simulate: (claims) => simulateClaims({ ...claims, simulators }),
      stackName: STACK,
      ...(options.scale === undefined ? {} : { scale: options.scale }),
      seed: options.seed,
      products: PRODUCTS,
      users: USERS,
      environment: environmentFacts(),
      signal,
      predict: predictionsOf,
      keep: ({ observation, judgement, setting, identity }) =>
        keepRun(observation, writeRunJson(observation, judgement, setting), { identity }),
      ...(options.resume && { recall }),
      report: reportTo(terminal),
    });
  } finally {
    await simulators.close();
    if (!options.keepData) await local.down(STACK, { purge: true });
  }
}

async function withScenarios(plan: Plan): Promise<PlanToVerify> {
  const scenarios = new Map<string, Scenario>();
  for (const { scenario } of simulationsNeeded(plan)) scenarios.set(scenario, await loadScenario(scenario, plan));
  for (const { scenario } of runsNeeded(plan)) scenarios.set(scenario, await loadLiveScenario(scenario, plan));
  return { plan, scenarios };
}

/** A run that was cut short is run again. */
async function recall(identity: string): Promise<KeptRun | undefined> {
  const run = await findRun(identity, Date.now() - RESUME_WITHIN_MS);
  const read = run === undefined ? undefined : readRunJson(await readKeptRun(run));
  if (run === undefined || read === undefined || 'problem' in read || !read.observation.complete) return undefined;
  return { observation: read.observation, run, ...(read.setting && { setting: read.setting }) };
}

function reportTo(terminal: Terminal): VerifyReport {
  const tellShare = shareProgress(terminal);
  return {
    message: terminal.message,
    simulating: (what, share) => tellShare(`simulating ${what}: ${Math.floor(share * 100)} %`),
    remaining: ({ runs, stacks, seconds }) => {
      if (runs > 0)
        terminal.message(`${counted(runs, 'run')} on ${counted(stacks, 'stack')} left, about ${timeText(seconds)}`);
    },
    finished: (observation, judgement, run) => {
      terminal.err(runText(observation, judgement, { style: terminal.errStyle, width: terminal.width }));
      terminal.message(`kept in ${run}`);
    },
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.ceil(seconds / 60)} min`;
}

function show(terminal: Terminal, { ledgers, runs, failures }: Verification, { long }: VerifyCommandOptions): void {
  if (terminal.json) {
    terminal.printJson({ formatVersion: VERIFICATION_FORMAT_VERSION, kind: 'verification', ledgers, runs, failures });
    return;
  }
  const layout = { style: terminal.style, width: terminal.width, full: long === true };
  for (const ledger of ledgers) {
    if (ledgers.length > 1) terminal.out(`${terminal.style.strong(ledger.plan)}\n\n`);
    terminal.out(`${ledgerText(ledger, layout)}${ledgers.length > 1 ? '\n' : ''}`);
  }
  for (const { plan, step, scenario, because } of failures)
    terminal.err(`${terminal.errStyle.bad('not run')}: ${plan} step ${step}, ${scenario}: ${because}\n`);
}

/** As it was typed, so that what is kept stands for what was done. */
function resuming(plans: readonly string[], options: VerifyCommandOptions): string {
  const { allPlans, full, step, only = [], seed, scale } = options;
  const words = [
    'shop-plan verify',
    ...(allPlans ? ['--all-plans'] : plans),
    ...(full ? ['--full'] : []),
    ...(step === undefined ? [] : [`--step ${step}`]),
    ...only.map((name) => `--only ${name}`),
    ...(seed === DEFAULT_SEED ? [] : [`--seed ${seed}`]),
    ...(scale === undefined ? [] : [`--scale ${scale}`]),
  ];
  return [...words, '--resume'].join(' ');
}

/** A claim that turned out worse than known fails; without that, what could not be run; then what cannot be judged. */
function verdictOf({ ledgers, runs, failures }: Verification): ExitCode {
  const rows = ledgers.flatMap((ledger) => ledger.rows);
  if (rows.some((row) => !row.asKnown)) return EXIT.failed;
  const codes = runs.map(({ judgement }) => exitCodeOf(judgement.outcome));
  if (codes.includes(EXIT.failed)) return EXIT.failed;
  if (failures.length > 0) return EXIT.machine;
  const unanswered = rows.some((row) => ['invalid', 'no data', 'inconclusive'].includes(row.verdict));
  return unanswered || codes.includes(EXIT.invalid) ? EXIT.invalid : EXIT.ok;
}
