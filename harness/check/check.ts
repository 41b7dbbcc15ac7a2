import type { Engine } from '../../engines/engine.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import type { Gate, GateCriterion, GateJudgement } from '../../model/gate/gate.ts';
import { judgeGate } from '../../model/gate/judge-gate.ts';
import type { MissedRun } from '../../model/gate/judge-gate.ts';
import { judge } from '../../model/judge/judge.ts';
import type { Judgement } from '../../model/judge/judge.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { RunSetting } from '../../model/setting/run-setting.ts';
import { settingOf } from '../../model/setting/setting-of.ts';
import { RunError } from '../run-error.ts';
import type { RunRequest } from '../run-scenario.ts';
import { planStacks } from '../verify/plan-stacks.ts';
import type { PlannedRun, PlannedStack } from '../verify/plan-stacks.ts';
import { RemainingTime } from '../verify/remaining-time.ts';

export interface CheckRequest {
  readonly gate: Gate;
  /** What each scenario is held to, by its name. */
  readonly assigned: ReadonlyMap<string, readonly GateCriterion[]>;
  readonly runs: readonly PlannedRun[];
  /** One that is up already: it is used and left up. Without it stacks are started and taken down. */
  readonly stack?: Stack;
  readonly engines: ReadonlyMap<string, Engine>;
  readonly backend: Pick<LocalBackend, 'up' | 'down' | 'status'>;
  /** Drives a scenario on a stack that is up. */
  readonly run: (run: Omit<RunRequest, 'backend'>) => Promise<Observation>;
  readonly stackName: string;
  /** What was loaded is there for the next time. Of a stack that was up already it always is. */
  readonly keepData: boolean;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly report: CheckReport;
  /** Keeps a finished run; returns where. */
  readonly keep: (seen: Omit<CheckedRun, 'run'>) => Promise<string>;
}

/** What a caller may show while it goes on. */
export interface CheckReport {
  readonly message: (text: string) => void;
  /** A run begins; `left` counts it, and what it and all after it will take about. */
  readonly begins: (run: CheckingRun) => void;
  readonly finished: (run: CheckedRun) => void;
}

export interface CheckingRun {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  readonly title: string;
  readonly criteria: readonly GateCriterion[];
  readonly left: { readonly runs: number; readonly seconds: number };
}

export interface CheckedRun {
  readonly observation: Observation;
  readonly judgement: Judgement;
  readonly setting: RunSetting;
  /** Where it is kept. */
  readonly run: string;
}

export interface UncheckedRun {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  readonly because: string;
}

export interface Check {
  readonly gate: GateJudgement;
  readonly runs: readonly CheckedRun[];
  /** What could not be run, and why. */
  readonly failures: readonly UncheckedRun[];
  /** Wall-clock time that went into starting and ending stacks, and into the runs themselves. */
  readonly took: { readonly stacks_s: number; readonly runs_s: number };
}

/**
 * Runs all scenarios of a gate on as few stacks as serve them, and judges them. A stack or run that fails is noted and ends nothing else: what
 * it was to show has no data, which is never a pass. An abort ends the run under way, which heals its faults. No stack that was started here is
 * left, whatever happens.
 */
export async function check(request: CheckRequest): Promise<Check> {
  return new Checking(request).carryOut();
}

class Checking {
  readonly #request: CheckRequest;
  readonly #time = new RemainingTime();
  readonly #runs: CheckedRun[] = [];
  readonly #failures: UncheckedRun[] = [];
  #stacks_s = 0;
  #runs_s = 0;

  constructor(request: CheckRequest) {
    this.#request = request;
  }

  async carryOut(): Promise<Check> {
    const { gate, assigned, runs, stack } = this.#request;
    const stacks = planStacks(runs);
    if (stack)
      await this.#serveOn(
        stack,
        stacks.flatMap((planned) => planned.runs),
      );
    else await this.#serveAll(stacks);
    const gated = this.#runs.map(({ observation: { what }, judgement }) => ({ ...what, judgement }));
    const judgement = judgeGate(gate, assigned, gated, this.#missed());
    const took = { stacks_s: this.#stacks_s, runs_s: this.#runs_s };
    return { gate: judgement, runs: this.#runs, failures: this.#failures, took };
  }

  async #serveAll(stacks: readonly PlannedStack[]): Promise<void> {
    try {
      for (const [index, planned] of stacks.entries()) {
        if (!this.#request.signal.aborted) await this.#serve(planned, stacks.slice(index + 1));
      }
    } finally {
      if (!this.#request.keepData) await this.#takeDown({ purge: true });
    }
  }

  /** On a stack of somebody else's, which is not started anew when a run leaves it broken. */
  async #serveOn(stack: Stack, runs: readonly PlannedRun[]): Promise<void> {
    const rest = [...runs];
    for (let run = rest.shift(); run && !this.#request.signal.aborted; run = rest.shift()) {
      const isWhole = await this.#runOnce(run, stack, [run, ...rest], []);
      if (isWhole) continue;
      const broken = new RunError(`${run.scenario.name} has left the stack broken`);
      for (const next of rest.splice(0)) this.#fail(next, broken);
    }
  }

  /** Runs all that a stack serves. One that a run has left broken is started anew for the next. */
  async #serve(planned: PlannedStack, later: readonly PlannedStack[]): Promise<void> {
    const { signal, report } = this.#request;
    const rest = [...planned.runs];
    let stack: Stack | undefined;
    try {
      for (let run = rest.shift(); run && !signal.aborted; run = rest.shift()) {
        stack ??= await this.#start(planned);
        const isWhole = await this.#runOnce(run, stack, [run, ...rest], later);
        if (isWhole || rest.length === 0 || signal.aborted) continue;
        report.message(`${named(run)} has left the stack broken: starting it anew`);
        await this.#takeDown();
        stack = undefined;
      }
    } catch (error) {
      // What has no answer yet is what the stack was wanted for.
      if (!signal.aborted) for (const run of planned.runs) if (!this.#isSettled(run)) this.#fail(run, error);
    } finally {
      await this.#takeDown();
    }
  }

  async #start({ topology, freshData, runs }: PlannedStack): Promise<Stack> {
    const { backend, stackName: name, seed, products, users, signal, report } = this.#request;
    const wanted = runs.map(({ scenario }) => scenario.name).join(', ');
    report.message(`${topology.plan} step ${topology.step}: starting ${topology.name} for ${wanted}`);
    const began_ms = performance.now();
    try {
      if (freshData) await backend.down(name, { purge: true });
      const options = { name, seed, products, users, ephemeral: true, signal, onProgress: report.message };
      return await backend.up(topology, options);
    } finally {
      const took_s = secondsSince(began_ms);
      this.#stacks_s += took_s;
      this.#time.took(took_s);
    }
  }

  async #takeDown(options: { readonly purge?: boolean } = {}): Promise<void> {
    const { backend, stackName, report } = this.#request;
    const began_ms = performance.now();
    const { left } = await backend.down(stackName, options);
    this.#stacks_s += secondsSince(began_ms);
    if (left.length > 0) report.message(`could not stop ${left.join(', ')}`);
  }

  /** Returns whether the stack can serve another run. */
  async #runOnce(
    planned: PlannedRun,
    stack: Stack,
    rest: readonly PlannedRun[],
    later: readonly PlannedStack[],
  ): Promise<boolean> {
    const { signal, report } = this.#request;
    const checking = this.#checking(planned, rest, later);
    report.begins(checking);
    try {
      const seen = await this.#observe(planned, stack, checking);
      const run = await this.#request.keep(seen);
      this.#runs.push({ ...seen, run });
      report.finished({ ...seen, run });
      const { faults } = planned.scenario;
      return seen.observation.complete && (faults.length === 0 || (await this.#isHealthy()));
    } catch (error) {
      if (!signal.aborted) this.#fail(planned, error);
      return this.#isHealthy();
    }
  }

  async #observe(planned: PlannedRun, stack: Stack, checking: CheckingRun): Promise<Omit<CheckedRun, 'run'>> {
    const { engines, run, seed, environment, signal } = this.#request;
    const { plan, scenario } = planned;
    const engine = engines.get(scenario.engine);
    if (!engine) throw new RunError(`there is no engine \`${scenario.engine}\``);
    const scale = this.#request.scale ?? scenario.liveScale;
    const began_ms = performance.now();
    const request = { plan, scenario, stack, engine, scale, seed, environment, signal };
    const observation = await run(request).finally(() => (this.#runs_s += secondsSince(began_ms)));
    const setting = settingOf({ plan, step: stack.step, topology: stack.topology, scenario, scale });
    const criteria = checking.criteria.map(({ criterion }) => criterion);
    return { observation, judgement: judge(observation, criteria, engine.claims, setting), setting };
  }

  #checking(
    { plan, step, scenario }: PlannedRun,
    rest: readonly PlannedRun[],
    later: readonly PlannedStack[],
  ): CheckingRun {
    const runs = rest.length + later.reduce((sum, stack) => sum + stack.runs.length, 0);
    const seconds = this.#time.ofRuns_s(rest) + this.#time.of_s(later);
    const criteria = this.#request.assigned.get(scenario.name) ?? [];
    return { plan: plan.name, step, scenario: scenario.name, title: scenario.title, criteria, left: { runs, seconds } };
  }

  async #isHealthy(): Promise<boolean> {
    const status = await this.#request.backend.status(this.#request.stackName);
    return status?.processes.every(({ alive, healthy }) => alive && healthy) ?? false;
  }

  #fail(run: PlannedRun, error: unknown): void {
    const because = error instanceof Error ? error.message : String(error);
    const help = error instanceof Error && 'help' in error && error.help !== '' ? `; ${String(error.help)}` : '';
    this.#failures.push({ plan: run.plan.name, step: run.step, scenario: run.scenario.name, because });
    this.#request.report.message(`${named(run)} failed: ${because}${help}`);
  }

  /** What a gate has no answer for: runs that failed, and those that an interruption left out. */
  #missed(): MissedRun[] {
    return this.#request.runs
      .filter((run) => !this.#runs.some(({ observation: { what } }) => isOf(run, what)))
      .map((run) => {
        const failure = this.#failures.find((each) => isOf(run, each));
        const because = failure ? failure.because : 'it was interrupted';
        return { scenario: run.scenario.name, step: run.step, because: `the scenario was not run: ${because}` };
      });
  }

  #isSettled(run: PlannedRun): boolean {
    const seen = [...this.#runs.map(({ observation: { what } }) => what), ...this.#failures];
    return seen.some((each) => isOf(run, each));
  }
}

function isOf({ scenario, step }: PlannedRun, seen: { readonly scenario: string; readonly step: number }): boolean {
  return scenario.name === seen.scenario && step === seen.step;
}

function named({ plan, scenario, step }: PlannedRun): string {
  return `${plan.name} step ${step}, ${scenario.name}`;
}

function secondsSince(began_ms: number): number {
  return (performance.now() - began_ms) / 1000;
}
