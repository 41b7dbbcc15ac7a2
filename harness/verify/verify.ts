import type { Engine } from '../../engines/engine.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import type { PredictionRow } from '../../model/calibration/compare.ts';
import type { PredictedRun } from '../../model/calibration/predict-run.ts';
import { drawLedger, runKey } from '../../model/claims/ledger.ts';
import type { Ledger, LedgerRun, SimulatedRun } from '../../model/claims/ledger.ts';
import { judge } from '../../model/judge/judge.ts';
import type { Judgement } from '../../model/judge/judge.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import type { RunSetting } from '../../model/setting/run-setting.ts';
import { settingOf } from '../../model/setting/setting-of.ts';
import { liveTopology } from '../../model/topology/live-topology.ts';
import { RunError } from '../run-error.ts';
import type { RunRequest } from '../run-scenario.ts';
import type { ClaimsRequest, simulateClaims } from '../simulate-claims.ts';
import { chooseRuns } from './choose-runs.ts';
import type { Choice, Selection } from './choose-runs.ts';
import { planStacks } from './plan-stacks.ts';
import type { PlannedRun, PlannedStack } from './plan-stacks.ts';
import { RemainingTime } from './remaining-time.ts';
import { runIdentity } from './run-identity.ts';

export interface VerifyRequest {
  readonly plans: readonly PlanToVerify[];
  readonly selection: Selection;
  readonly engines: ReadonlyMap<string, Engine>;
  readonly backend: Pick<LocalBackend, 'up' | 'down' | 'status'>;
  /** Drives a scenario on a stack that is up. */
  readonly run: (run: Omit<RunRequest, 'backend'>) => Promise<Observation>;
  /** Simulates the same runs, before any server is started. */
  readonly simulate: (claims: Omit<ClaimsRequest, 'simulators'>) => ReturnType<typeof simulateClaims>;
  readonly stackName: string;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly report: VerifyReport;
  /** What this machine's calibration foretold of a run, beside what it showed; nothing without a calibration. */
  readonly predict?: (run: Omit<PredictedRun, 'calibration'>) => Promise<readonly PredictionRow[]>;
  /** Keeps a finished run under its identity; returns where. */
  readonly keep: (run: RunToKeep) => Promise<string>;
  /** A run of that identity that was kept before; absent when everything is to be run anew. */
  readonly recall?: (identity: string) => Promise<KeptRun | undefined>;
}

export interface PlanToVerify {
  readonly plan: Plan;
  /** All that its claims name. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
}

export interface RunToKeep {
  readonly observation: Observation;
  readonly judgement: Judgement;
  readonly setting: RunSetting;
  readonly identity: string;
}

export interface KeptRun {
  readonly observation: Observation;
  /** Absent in runs of earlier versions. */
  readonly setting?: RunSetting;
  readonly run: string;
}

/** What a caller may show while it goes on. */
export interface VerifyReport {
  readonly message: (text: string) => void;
  /** What is simulated, and the share of all simulations that is done. */
  readonly simulating: (what: string, share: number) => void;
  /** What is still to be run, and how long it will take about. */
  readonly remaining: (left: { readonly runs: number; readonly stacks: number; readonly seconds: number }) => void;
  readonly finished: (observation: Observation, judgement: Judgement, run: string) => void;
}

export interface Verification {
  readonly ledgers: readonly Ledger[];
  readonly runs: readonly VerifiedRun[];
  /** What could not be run, and why. */
  readonly failures: readonly FailedRun[];
}

export interface VerifiedRun {
  readonly plan: string;
  readonly scenario: string;
  readonly step: number;
  readonly judgement: Judgement;
  /** Where it is kept. */
  readonly run: string;
}

export interface FailedRun {
  readonly plan: string;
  readonly scenario: string;
  readonly step: number;
  readonly because: string;
}

/**
 * The main job: simulates what claims ask for; then brings up one stack after the other, runs on each all the scenarios that it
 * serves, and takes it down; then draws the ledgers from what there is. A stack or scenario that fails is noted and ends nothing
 * else. An abort ends the run under way, which heals its faults, and takes the stack down. No stack is left whatever happens.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  return new Verifying(request).carryOut();
}

class Verifying {
  readonly #request: VerifyRequest;
  readonly #time = new RemainingTime();
  readonly #choices: ReadonlyMap<Plan, Choice>;
  readonly #observed = new Map<Plan, Map<string, LedgerRun>>();
  readonly #runs: VerifiedRun[] = [];
  readonly #failures: FailedRun[] = [];

  constructor(request: VerifyRequest) {
    this.#request = request;
    const { plans, selection } = request;
    this.#choices = new Map(plans.map(({ plan, scenarios }) => [plan, chooseRuns(plan, scenarios, selection)]));
  }

  async carryOut(): Promise<Verification> {
    const { plans, signal } = this.#request;
    const wanted = await this.#notKept(plans.flatMap((plan) => this.#runsOf(plan)));
    const stacks = plans.flatMap(({ plan }) => planStacks(wanted.filter((run) => run.plan === plan)));
    this.#tell(stacks);
    const simulations = await this.#simulate();
    for (const [index, stack] of stacks.entries()) {
      if (signal.aborted) break;
      await this.#serve(stack, stacks.slice(index + 1));
    }
    const ledgers = plans.map(async ({ plan, scenarios }): Promise<Ledger> => {
      const ledger = drawLedger(plan, this.#observedOf(plan), simulations.get(plan), this.#whyNot(plan));
      const predictions = await this.#predictions(plan, scenarios);
      return predictions.length === 0 ? ledger : { ...ledger, predictions };
    });
    return { ledgers: await Promise.all(ledgers), runs: this.#runs, failures: this.#failures };
  }

  async #predictions(plan: Plan, scenarios: ReadonlyMap<string, Scenario>): Promise<PredictionRow[]> {
    const { predict } = this.#request;
    const rows: PredictionRow[] = [];
    for (const { observation } of predict ? this.#observedOf(plan).values() : []) {
      const scenario = scenarios.get(observation.what.scenario);
      const step = plan.steps.find((candidate) => candidate.step === observation.what.step);
      if (!scenario || !step || !predict) continue;
      rows.push(...(await predict({ plan, scenario, observation, topology: liveTopology(plan, step, scenario) })));
    }
    return rows;
  }

  #runsOf({ plan, scenarios }: PlanToVerify): PlannedRun[] {
    return (this.#choices.get(plan)?.runs ?? []).map(({ scenario: name, step }) => {
      const scenario = scenarios.get(name);
      if (!scenario) throw new RunError(`there is no scenario \`${name}\``, 'a claim names it as what measures it');
      return { plan, scenario, step };
    });
  }

  /** Takes what was kept, and returns what remains to be run. */
  async #notKept(wanted: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const { recall, report } = this.#request;
    if (!recall) return [...wanted];
    const remaining: PlannedRun[] = [];
    for (const run of wanted) {
      const kept = await recall(this.#identityOf(run));
      if (!kept) {
        remaining.push(run);
        continue;
      }
      report.message(`${named(run)}: as kept in ${kept.run}`);
      this.#note(run, kept.observation, this.#judge(run, kept.observation, kept.setting), kept.run);
    }
    return remaining;
  }

  async #simulate(): Promise<ReadonlyMap<Plan, ReadonlyMap<string, SimulatedRun>>> {
    const { plans, report, seed, signal, simulate } = this.#request;
    const simulated = new Map<Plan, ReadonlyMap<string, SimulatedRun>>();
    for (const { plan, scenarios } of plans) {
      const wanted = this.#choices.get(plan)?.simulations ?? [];
      if (wanted.length > 0) report.message(`${plan.name}: simulating the claims' scenarios`);
      const asked = { plan, scenarios, wanted, seed, signal, onProgress: report.simulating };
      simulated.set(plan, await simulate(asked));
    }
    return simulated;
  }

  /** Runs all that a stack serves. One that a run has left broken is started anew for the next. */
  async #serve(planned: PlannedStack, later: readonly PlannedStack[]): Promise<void> {
    const { signal, report, backend, stackName } = this.#request;
    const runs = [...planned.runs];
    let stack: Stack | undefined;
    try {
      for (let run = runs.shift(); run && !signal.aborted; run = runs.shift()) {
        stack ??= await this.#start(planned);
        const isWhole = await this.#runOnce(run, stack);
        if (!isWhole && runs.length > 0 && !signal.aborted) {
          report.message(`${named(run)} has left the stack broken: starting it anew`);
          await backend.down(stackName);
          stack = undefined;
        }
        this.#tell([{ ...planned, runs }, ...later]);
      }
    } catch (error) {
      // What is still in `runs` is what the stack was wanted for.
      if (!signal.aborted) this.#failAll(planned, error);
    } finally {
      const { left } = await backend.down(stackName);
      if (left.length > 0) report.message(`could not stop ${left.join(', ')}`);
    }
  }

  async #start({ topology, freshData, runs }: PlannedStack): Promise<Stack> {
    const { backend, stackName: name, seed, products, users, signal, report } = this.#request;
    const { plan, step } = topology;
    report.message(
      `${plan} step ${step}: starting ${topology.name} for ${runs.map(({ scenario }) => scenario.name).join(', ')}`,
    );
    const began_ms = performance.now();
    if (freshData) await backend.down(name, { purge: true });
    const options = { name, seed, products, users, ephemeral: true, signal, onProgress: report.message };
    const stack = await backend.up(topology, options);
    this.#time.took((performance.now() - began_ms) / 1000);
    return stack;
  }

  /** Returns whether the stack can serve another run. */
  async #runOnce(planned: PlannedRun, stack: Stack): Promise<boolean> {
    const { engines, run, scale, seed, environment, signal, report, keep } = this.#request;
    const { plan, scenario } = planned;
    report.message(`${named(planned)}: running (${scenario.title})`);
    try {
      const engine = engines.get(scenario.engine);
      if (!engine) throw new RunError(`there is no engine \`${scenario.engine}\``);
      const share = scale ?? scenario.liveScale;
      const request = { plan, scenario, stack, engine, scale: share, seed, environment, signal };
      const observation = await run(request);
      const setting = settingOf({ plan, step: stack.step, topology: stack.topology, scenario, scale: share });
      const judgement = this.#judge(planned, observation, setting);
      const path = await keep({ observation, judgement, setting, identity: this.#identityOf(planned) });
      this.#note(planned, observation, judgement, path);
      report.finished(observation, judgement, path);
      return observation.complete && (scenario.faults.length === 0 || (await this.#isHealthy()));
    } catch (error) {
      if (!signal.aborted) this.#fail(planned, error);
      return this.#isHealthy();
    }
  }

  async #isHealthy(): Promise<boolean> {
    const status = await this.#request.backend.status(this.#request.stackName);
    return status?.processes.every(({ alive, healthy }) => alive && healthy) ?? false;
  }

  #judge({ scenario }: PlannedRun, observation: Observation, setting?: RunSetting): Judgement {
    return judge(observation, scenario.expect, this.#claimsOf(scenario), setting);
  }

  #claimsOf({ engine }: Scenario): Engine['claims'] {
    const found = this.#request.engines.get(engine);
    if (!found) throw new RunError(`there is no engine \`${engine}\``);
    return found.claims;
  }

  #note({ plan, scenario, step }: PlannedRun, observation: Observation, judgement: Judgement, run: string): void {
    const broken = judgement.validity.find((check) => !check.ok && check.severity === 'invalid');
    const { liveScale } = scenario;
    const seen = { observation, valid: broken === undefined, run, liveScale, claims: this.#claimsOf(scenario) };
    this.#observedOf(plan).set(runKey(scenario.name, step), {
      ...seen,
      ...(broken ? { invalidBecause: broken.detail } : {}),
    });
    this.#runs.push({ plan: plan.name, scenario: scenario.name, step, judgement, run });
  }

  #failAll({ runs }: PlannedStack, error: unknown): void {
    for (const run of runs) {
      const seen = this.#observedOf(run.plan).has(runKey(run.scenario.name, run.step));
      const failed = this.#failures.some(({ scenario, step }) => scenario === run.scenario.name && step === run.step);
      if (!seen && !failed) this.#fail(run, error);
    }
  }

  #fail(run: PlannedRun, error: unknown): void {
    const because = error instanceof Error ? error.message : String(error);
    const help = error instanceof Error && 'help' in error && error.help !== '' ? `; ${String(error.help)}` : '';
    this.#failures.push({ plan: run.plan.name, scenario: run.scenario.name, step: run.step, because });
    this.#request.report.message(`${named(run)} failed: ${because}${help}`);
  }

  #observedOf(plan: Plan): Map<string, LedgerRun> {
    const observed = this.#observed.get(plan) ?? new Map<string, LedgerRun>();
    this.#observed.set(plan, observed);
    return observed;
  }

  /** Why runs are missing, by `runKey`. */
  #whyNot(plan: Plan): ReadonlyMap<string, string> {
    const failed = this.#failures.filter((each) => each.plan === plan.name);
    return new Map([
      ...(this.#choices.get(plan)?.unrun ?? []),
      ...failed.map(({ scenario, step, because }): [string, string] => [runKey(scenario, step), because]),
    ]);
  }

  #tell(stacks: readonly PlannedStack[]): void {
    const open = stacks.filter(({ runs }) => runs.length > 0);
    const runs = open.reduce((sum, stack) => sum + stack.runs.length, 0);
    this.#request.report.remaining({ runs, stacks: open.length, seconds: this.#time.of_s(open) });
  }

  #identityOf(run: PlannedRun): string {
    const { scale = run.scenario.liveScale, seed, products, users, environment } = this.#request;
    return runIdentity(run, { scale, seed, products, users, environment });
  }
}

function named({ plan, scenario, step }: PlannedRun): string {
  return `${plan.name} step ${step}, ${scenario.name}`;
}
