import { availableParallelism } from 'node:os';
import { ENGINES } from '../../engines/index.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { Simulators } from '../../harness/replications/simulators.ts';
import { keepLedger, keepRun } from '../../harness/run-store.ts';
import { verify } from '../../harness/verify.ts';
import type { Verification } from '../../harness/verify.ts';
import { drawLedger, runsNeeded, simulationsNeeded } from '../../model/claims/ledger.ts';
import type { Ledger } from '../../model/claims/ledger.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import { ledgerText } from '../../reports/ledger-text.ts';
import { runText } from '../../reports/run-text.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { cleanUp } from '../clean-up.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLiveScenario, loadPlan, loadScenario } from '../files.ts';
import { progressLine } from '../live.ts';
import type { Context } from '../context.ts';
import { backend } from '../stack.ts';

export interface VerifyCommandOptions {
  readonly seed: number;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly computedOnly?: true;
  readonly keepData?: true;
  readonly full?: true;
}

const STACK = 'verify';
const PRODUCTS = 100_000;
const USERS = 50_000;

/** `shop-plan verify [plan]` */
export async function verifyCommand(context: Context, name: string, options: VerifyCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const plan = await loadPlan(name);
  const { ledger, judgements } = options.computedOnly
    ? { ledger: drawLedger(plan, new Map()), judgements: [] }
    : await measure(context, plan, options);
  if (terminal.json) terminal.printJson({ ...ledger, runs: judgements });
  else terminal.out(ledgerText(ledger, { style: terminal.style, width: terminal.width, full: options.full === true }));
  // A ledger without measurements, or cut short, does not take the place of a whole one.
  if (!options.computedOnly && !context.signal.aborted) terminal.message(`kept in ${await keepLedger(ledger)}`);
  return verdictOf(ledger, judgements);
}

async function measure(context: Context, plan: Plan, options: VerifyCommandOptions): Promise<Verification> {
  const { terminal, signal } = context;
  const scenarios = new Map<string, Scenario>();
  for (const { scenario } of simulationsNeeded(plan)) scenarios.set(scenario, await loadScenario(scenario, plan));
  for (const { scenario } of runsNeeded(plan)) scenarios.set(scenario, await loadLiveScenario(scenario, plan));
  await cleanUp(terminal);
  const local = backend();
  const simulators = new Simulators(availableParallelism(), signal);
  try {
    return await verify({
      plan,
      scenarios,
      engines: ENGINES,
      backend: local,
      simulators,
      stackName: STACK,
      ...(options.scale === undefined ? {} : { scale: options.scale }),
      seed: options.seed,
      products: PRODUCTS,
      users: USERS,
      environment: environmentFacts(),
      signal,
      keep: (observation, judgement) => keepRun(observation, writeRunJson(observation, judgement)),
      report: {
        message: terminal.message,
        simulating: (what, share) => terminal.progress(`simulating ${what}: ${Math.floor(share * 100)} %`),
        progress: (progress) => terminal.progress(progressLine(progress)),
        finished: (_scenario, _step, observation, judgement, run) => {
          const layout = { style: terminal.errStyle, width: terminal.width, full: false };
          terminal.err(runText(observation, judgement, layout));
          terminal.message(`kept in ${run}`);
        },
      },
    });
  } finally {
    await simulators.close();
    if (!options.keepData) await local.down(STACK, { purge: true });
  }
}

/** A claim that turned out worse than known fails; without that, a run that cannot be judged makes the whole invalid. */
function verdictOf(ledger: Ledger, judgements: Verification['judgements']): ExitCode {
  if (ledger.rows.some((row) => !row.asKnown)) return EXIT.failed;
  const codes = judgements.map(({ judgement }) => exitCodeOf(judgement.outcome));
  if (codes.includes(EXIT.failed)) return EXIT.failed;
  const unanswered = ledger.rows.some((row) => ['invalid', 'no data', 'inconclusive'].includes(row.verdict));
  return unanswered || codes.includes(EXIT.invalid) ? EXIT.invalid : EXIT.ok;
}
