import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../engines/engine.ts';
import { ENGINES } from '../engines/index.ts';
import { environmentFacts } from '../harness/environment.ts';
import { runScenario } from '../harness/run-scenario.ts';
import { keepRun, RUNS_DIR } from '../harness/run-store.ts';
import { lackingFor } from '../harness/stack-for.ts';
import { judge } from '../model/judge/judge.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { settingOf } from '../model/setting/setting-of.ts';
import { writeRunJson } from '../reports/run-json.ts';
import { assertLive } from './files.ts';
import type { Run } from './run.ts';
import type { RunningStack } from './start-stack.ts';
import { UsageError } from './usage-error.ts';

export interface RunOptions {
  /** Times the scenario's rates; its own `live_scale` when absent. */
  readonly scale?: number;
  /** 42 when absent. */
  readonly seed?: number;
  /** Keep the run as a folder of its own below `.shop-plan/runs`, or below the folder that is named. Not kept when absent. */
  readonly keep?: boolean | string;
  /** Ends the run early; what was seen until then comes back, and is INVALID. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Drives a scenario against a stack that is up, faults included.
 * @throws UsageError for a scenario that the stack or any live server cannot run; RunError or EngineError when the run cannot begin.
 */
export async function run(on: RunningStack, scenario: Scenario, options: RunOptions = {}): Promise<Run> {
  const { plan, stack, backend } = on;
  const { scale = scenario.liveScale, seed = 42, keep = false, signal, onProgress } = options;
  await assertLive(scenario, plan, scenario.name);
  assertStackFor(on, scenario);
  const engine = ENGINES.get(scenario.engine);
  if (!engine) throw new UsageError(`there is no engine \`${scenario.engine}\``);
  const engine_dir = await mkdtemp(join(tmpdir(), 'shop-plan-engine-'));
  try {
    const asked = { plan, scenario, stack, backend, engine, scale, seed, environment: environmentFacts() };
    const observation = await runScenario({
      ...asked,
      keep_in: engine_dir,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    const setting = settingOf({ plan, step: stack.step, topology: stack.topology, scenario, scale });
    const criteria = scenario.expect.length > 0 ? scenario.expect : plan.slo;
    const judgement = judge(observation, criteria, engine.claims, setting);
    const done: Run = { plan, observation, replications: [observation], judgement, setting };
    if (keep === false) return done;
    const root = keep === true ? RUNS_DIR : keep;
    return {
      ...done,
      kept: await keepRun(observation, writeRunJson(observation, judgement, setting), { root, engine_dir }),
    };
  } finally {
    await rm(engine_dir, { recursive: true, force: true });
  }
}

function assertStackFor({ stack: { step, topology } }: RunningStack, scenario: Scenario): void {
  if (!scenario.steps.includes(step)) {
    throw new UsageError(`\`${scenario.name}\` is not for step ${step}`, `it is for ${scenario.steps.join(', ')}`);
  }
  const lacking = topology ? lackingFor(topology, scenario) : [];
  if (lacking.length === 0) return;
  throw new UsageError(
    `the stack is not what \`${scenario.name}\` needs: ${lacking.join('; ')}`,
    'start it with these `settings`, or for this `scenario`',
  );
}
