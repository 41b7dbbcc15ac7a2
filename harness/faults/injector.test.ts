import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Stack } from '../../infra/backend.ts';
import { isAlive } from '../../infra/local/identity.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { readStat } from '../../infra/local/proc.ts';
import { locksOf, processesOf, removeHome, shopTopology, testConfig } from '../../infra/local/testing/test-home.ts';
import type { ObservedFault } from '../../model/observation/observation.ts';
import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import { Timeline } from '../timeline.ts';
import { Injector } from './injector.ts';
import { siteFor } from './testing/site-for.ts';

const PORTS = { first: 30_000, end: 30_160 };
const config = testConfig(PORTS);
const backend = createLocalBackend(config);
const PATIENCE = { timeout: 20_000, interval: 50 };
let stack: Stack;

beforeAll(async () => {
  const links = [{ from: 'app', to: 'cache' }];
  const shop = shopTopology(2);
  const tiers = shop.tiers.map((tier) => (tier.id === 'cache' ? { ...tier, settings: { maxmemory_mb: 16 } } : tier));
  stack = await backend.up({ ...shop, tiers }, { name: 'shop', seed: 7, products: 1, users: 1, links });
}, 60_000);

afterAll(async () => {
  await backend.down('shop');
  const remains = [...processesOf(config.home), ...locksOf(config.home)];
  removeHome(config);
  if (remains.length > 0) throw new Error(`left after the tests: ${remains.join(', ')}`);
});

/** Brings faults about, waits until all have shown, heals them, and tells what was seen; `meanwhile` looks at the stack while they last. */
async function bringAbout(
  faults: readonly Partial<ScenarioFault>[],
  meanwhile?: (injector: Injector) => Promise<void>,
): Promise<readonly ObservedFault[]> {
  const problems: string[] = [];
  const lasting = faults.map((fault) => ({ until_s: Number.POSITIVE_INFINITY, ...fault }));
  const injector = new Injector(siteFor(stack, backend, lasting), (problem) => problems.push(problem));
  const faultsNow = (): readonly ObservedFault[] => injector.observed(new Timeline()).faults;
  injector.enter(0, 60);
  try {
    await vi.waitFor(() => {
      expect(problems).toEqual([]);
      for (const fault of faultsNow()) expect(fault).toHaveProperty('observed_at_s');
    }, PATIENCE);
    await meanwhile?.(injector);
  } finally {
    await injector.heal();
  }
  for (const fault of faultsNow()) expect(fault).toHaveProperty('healed_at_s');
  return faultsNow();
}

function pidOf(id: string): number {
  return backend.processes('shop').find((process) => process.id === id)?.pid ?? 0;
}

describe('on a running stack', { timeout: 60_000 }, () => {
  test('an instance that crashes is gone, expected to be, and starts again as it was', async () => {
    const before = stack.processes.find(({ id }) => id === 'app-1');
    const environment = async (): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${before?.port}/environment`)).json();
    const told = await environment();
    const [fault] = await bringAbout([{ kind: 'crash' }], async (injector) => {
      expect(before && isAlive(before)).toBe(false);
      expect(['app-1', 'app-2'].map((id) => injector.expects(id))).toEqual([true, false]);
    });
    expect(fault?.effect).toMatch(/^app-1 \(pid \d+\) is gone$/);
    expect(pidOf('app-1')).not.toBe(before?.pid);
    expect(await environment()).toEqual(told);
  });

  test('an application that hangs and a cache that crashes go on', async () => {
    const hanging = { kind: 'hang', tier: 'app', instances: 'all' } as const;
    const seen = await bringAbout([hanging, { kind: 'crash', tier: 'cache' }], async () => {
      expect(['app-1', 'app-2'].map((id) => readStat(pidOf(id))?.state)).toEqual(['T', 'T']);
    });
    expect(seen.map(({ targets }) => targets)).toEqual([['app-1', 'app-2'], ['cache-1']]);
    expect((await fetch(`${stack.base_url}/health`)).status).toBe(200);
  });

  test('a slow instance is stopped most of the time', async () => {
    const [fault] = await bringAbout([{ kind: 'slow', tier: 'app', factor: 10 }]);
    expect(fault?.effect).toMatch(/^app-1 found stopped in \d+ % of 40 looks$/);
    expect(readStat(pidOf('app-1'))?.state).not.toBe('T');
  });

  test('a cache is emptied, filled with junk, and rid of it', async () => {
    const seen = await bringAbout([
      { kind: 'flush', tier: 'cache', until_s: 0.5 },
      { kind: 'fill', tier: 'cache', at_s: 1 },
    ]);
    expect(seen[0]?.effect).toBe('cache-1 holds 0 keys, right after FLUSHALL');
    expect(seen[1]?.effect).toMatch(/^cache-1 filled to \d+ % of the limit$/);
  });

  test('a network swallows everything and lets it through again', async () => {
    const cut = { kind: 'partition', tier: 'cache', from: 'app' } as const;
    const [fault] = await bringAbout([cut]);
    expect(fault).toMatchObject({ targets: ['app -> cache'], effect: 'no byte comes back' });
  });

  test('whoever brings faults about may be killed: they heal all the same', async () => {
    const script = fileURLToPath(new URL('testing/bring-about.ts', import.meta.url));
    const faults = [
      { kind: 'hang', tier: 'app' },
      { kind: 'crash', tier: 'cache' },
    ];
    const args = [config.home, 'shop', PORTS.first, PORTS.end, JSON.stringify(faults)].map(String);
    const child = fork(script, args, { execArgv: [] });
    const [told] = await once(child, 'message');
    expect(told).toEqual({ seen: [expect.stringContaining('app-1'), expect.stringContaining('cache-1')] });
    expect(readStat(pidOf('app-1'))?.state).toBe('T');
    child.kill('SIGKILL');
    await vi.waitFor(async () => {
      const status = await backend.status('shop');
      expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
    }, PATIENCE);
  });

  test('a fault that nobody is there for is told, and so is a system that was not steady', async () => {
    const problems: string[] = [];
    const nobody = siteFor(stack, backend, [{ kind: 'crash', tier: 'app', instances: 3 }]);
    const first = new Injector(nobody, (problem) => problems.push(problem));
    first.enter(0, 60);
    await vi.waitFor(() => expect(problems).toHaveLength(1), PATIENCE);
    expect(problems[0]).toBe('`crash` of `app` could not be brought about: `app` has 2 instances, not 3');

    const unsteady = new Injector(siteFor(stack, backend, [{ kind: 'crash' }]), (problem) => problems.push(problem));
    const progress = { at_s: 1, total_s: 60, phase: 'p', p95_us: 1, rate_per_s: 100, errors: 2, in_flight: 0 };
    unsteady.look(progress);
    unsteady.enter(0, 60);
    await vi.waitFor(() => expect(problems).toHaveLength(2), PATIENCE);
    expect(problems[1]).toBe('the system was not steady before the fault: 2 of about 100 requests had failed by then');
    await Promise.all([first.heal(), unsteady.heal()]);
    expect(unsteady.observed(new Timeline()).events).toEqual([]);
  });
});
