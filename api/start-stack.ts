import { randomUUID } from 'node:crypto';
import { linksOf } from '../harness/faults/links-of.ts';
import { StackError } from '../infra/backend.ts';
import type { DownReport, Stack } from '../infra/backend.ts';
import { localConfig } from '../infra/local/config.ts';
import type { LocalConfig } from '../infra/local/config.ts';
import { cleanLeftovers } from '../infra/doctor.ts';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import { nearest } from '../model/document/nearest.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario, TierSettings } from '../model/scenario/scenario.ts';
import { liveTopology } from '../model/topology/live-topology.ts';
import type { Topology } from '../model/topology/topology.ts';
import { Guard } from './guard/guard.ts';
import { stepOf } from './step-of.ts';
import { UsageError } from './usage-error.ts';

export interface StackOptions {
  readonly plan: Plan;
  /** Step of its architecture. */
  readonly step: number;
  /** Settings of tiers on top of the plan's: `{ cache: { instances: 1 }, app: { db_pool_max: 20 } }`. */
  readonly settings?: Readonly<Record<string, TierSettings>>;
  /** Scenario that it is for: with its settings, and the links that its faults are about. */
  readonly scenario?: Scenario;
  /** Keeps its data under that name when it is stopped. Without one it is called by itself, and nothing of it stays. */
  readonly name?: string;
  /** Products to load; 100,000 when absent. */
  readonly products?: number;
  /** Users to load; 50,000 when absent. */
  readonly users?: number;
  /** 42 when absent. */
  readonly seed?: number;
  /** Where all state lives: SHOP_PLAN_HOME, or the user's state folder, when absent. */
  readonly home?: string;
  /** Ports are taken from [first, end). */
  readonly ports?: LocalConfig['ports'];
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** Real servers that are up on 127.0.0.1. With `await using` they go at the end of the block. */
export class RunningStack implements AsyncDisposable {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly backend: LocalBackend;
  readonly #guard: Guard;
  readonly #purge: boolean;

  constructor(plan: Plan, stack: Stack, backend: LocalBackend, guard: Guard, purge: boolean) {
    this.plan = plan;
    this.stack = stack;
    this.backend = backend;
    this.#guard = guard;
    this.#purge = purge;
  }

  /** Where clients enter, `http://127.0.0.1:PORT`. */
  get base_url(): string {
    return this.stack.base_url;
  }

  /** Ends it; idempotent. @throws StackError naming what could not be ended. */
  async stop(): Promise<DownReport> {
    const report = await this.backend.down(this.stack.name, { purge: this.#purge });
    if (report.left.length > 0)
      throw new StackError(`could not end ${report.left.join(', ')}`, 'try `shop-plan doctor`');
    await this.#guard.release();
    return report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/**
 * Starts the real servers of a step. They end with `stop`, and when the process that started them is gone, however it went.
 * @throws UsageError for a step or a tier that the plan does not have; StackError when they do not start, and none is left then.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { plan, seed = 42, products = 100_000, users = 50_000, signal, onProgress, home, ports } = options;
  const topology = topologyOf(options);
  const config = { ...(home !== undefined && { home }), ...(ports && { ports }) };
  const backend = createLocalBackend(config);
  backend.check(topology);
  await cleanLeftovers(config);
  const name = options.name ?? `lib-${randomUUID().slice(0, 8)}`;
  const purge = options.name === undefined;
  const guard = new Guard({ home: localConfig(config).home, name, purge });
  const up = {
    name,
    seed,
    products,
    users,
    ephemeral: true,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  };
  try {
    return new RunningStack(plan, await backend.up(topology, up), backend, guard, purge);
  } catch (error) {
    // Its processes are gone; what was loaded goes, too, where nobody can name it.
    if (purge) await backend.down(name, { purge });
    await guard.release();
    throw error;
  }
}

function topologyOf({ plan, step, settings = {}, scenario }: StackOptions): Topology {
  const found = stepOf(plan, step);
  const ids = found.tiers.map(({ id }) => id);
  for (const id of Object.keys(settings)) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    throw new UsageError(
      `step ${step} of ${plan.name} has no tier \`${id}\``,
      near ? `did you mean \`${near}\`?` : `tiers: ${ids.join(', ')}`,
    );
  }
  const merged = new Map(scenario?.settings);
  for (const [id, own] of Object.entries(settings)) merged.set(id, { ...merged.get(id), ...own });
  const links = scenario ? linksOf(scenario) : [];
  return { ...liveTopology(plan, found, { settings: merged }), ...(links.length > 0 && { links }) };
}
