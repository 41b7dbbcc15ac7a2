import { test, vi } from 'vitest';
import type { TestAPI } from 'vitest';
import type { Plan } from '../model/plan/plan.ts';
import { run } from './drive.ts';
import type { GivenText } from './files.ts';
import { loadPlan, loadScenario } from './load.ts';
import type { Run } from './run.ts';
import { simulate } from './simulate.ts';
import { startStack } from './start-stack.ts';
import type { RunningStack, StackOptions } from './start-stack.ts';

/** What load tests of a file are driven against. */
export interface LoadTestOptions extends Omit<StackOptions, 'plan' | 'scenario' | 'signal'> {
  /** Name of a plan that comes with shop-plan, path of yours, or a text. */
  readonly plan: string | GivenText;
  /** Values of the plan to set anew, as `--set` takes them. */
  readonly set?: readonly string[];
  /** A scenario that the stack is for: with its settings, and the links that its faults are about. */
  readonly scenario?: string | GivenText;
  /** Simulate at full scale in place of real servers: needs none, and takes seconds. */
  readonly simulated?: boolean;
  /** Keep runs below `.shop-plan/runs`, or below the folder that is named; true when absent. Simulations are not kept. */
  readonly keep?: boolean | string;
  /** How long a test may take, its stack's start included, unless it says so itself; 600 when absent. */
  readonly timeout_s?: number;
}

export interface DriveOptions {
  /** Times the scenario's rates; its own `live_scale` when absent, 1 for a simulation. */
  readonly scale?: number;
  /** 42 when absent. */
  readonly seed?: number;
}

/** Drives a scenario of the plan: by name, by path, or as a text. */
export type Drive = (scenario: string | GivenText, options?: DriveOptions) => Promise<Run>;

export interface LoadTestFixtures {
  readonly plan: Plan;
  readonly drive: Drive;
}

export interface LiveTestFixtures extends LoadTestFixtures {
  /** Servers that are up for this test file: they start with the first test that wants them. */
  readonly stack: RunningStack;
}

/**
 * `test` with fixtures for load tests. The servers of a file start with the first test that drives or names them and end after its last test, whatever
 * happens; also when it takes too long or is killed.
 */
export function loadTest(options: LoadTestOptions & { readonly simulated: true }): TestAPI<LoadTestFixtures>;
export function loadTest(options: LoadTestOptions): TestAPI<LiveTestFixtures>;
export function loadTest(options: LoadTestOptions): TestAPI<LoadTestFixtures> {
  const limit_ms = (options.timeout_s ?? 600) * 1000;
  vi.setConfig({ testTimeout: limit_ms, hookTimeout: limit_ms });
  return options.simulated === true ? simulatedTest(options) : liveTest(options);
}

/** For what is the same for all tests of a file. */
const ONCE = { scope: 'file' } as const;

function simulatedTest({ step, ...options }: LoadTestOptions): TestAPI<LoadTestFixtures> {
  return test.extend<LoadTestFixtures>({
    plan: [planned(options), ONCE],
    drive: ({ plan, signal }, use) =>
      use(async (name, how = {}) => simulate(plan, await loadScenario(name, plan), { step, signal, ...how })),
  });
}

function liveTest({ scenario: asked, keep = true, ...options }: LoadTestOptions): TestAPI<LiveTestFixtures> {
  return test.extend<LiveTestFixtures>({
    plan: [planned(options), ONCE],
    stack: [
      async ({ plan }, use) => {
        const scenario = asked === undefined ? undefined : await loadScenario(asked, plan);
        await using stack = await startStack({ ...options, plan, ...(scenario && { scenario }) });
        await use(stack);
      },
      ONCE,
    ],
    drive: ({ plan, stack, signal }, use) =>
      use(async (name, how = {}) => run(stack, await loadScenario(name, plan), { ...how, keep, signal })),
  });
}

type Use<T> = (value: T) => Promise<void>;

function planned({ plan, set = [] }: Pick<LoadTestOptions, 'plan' | 'set'>) {
  // oxlint-disable-next-line no-empty-pattern -- vitest reads off the pattern what a fixture needs
  return async ({}: object, use: Use<Plan>): Promise<void> => use(await loadPlan(plan, { set }));
}
