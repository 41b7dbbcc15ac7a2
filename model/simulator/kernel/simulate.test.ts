import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Load, SystemFault } from '../load.ts';
import type { Distribution, Route, System, SystemTier, Visit } from '../system.ts';
import { BY_HAND, tier } from '../testing/systems.ts';
import { MESSAGE } from './frame.ts';
import { Replication } from './replication.ts';

const TIERS = 4;
const SCHEDULE_S = 20;

const distribution = (most_s: number): fc.Arbitrary<Distribution> =>
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('deterministic' as const, 'exponential' as const),
      mean_s: fc.double({ min: 0, max: most_s, noNaN: true }),
    }),
    fc.constant<Distribution>({ kind: 'lognormal', mean_s: most_s / 3, cv: 2 }),
  );
const few = fc.integer({ min: 1, max: 3 });
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(arbitrary, { nil: null, freq: 2 });
const fewOrEndless = fc.oneof(few, fc.constant(Infinity));

const arbitraryTier = (index: number): fc.Arbitrary<SystemTier> =>
  fc
    .record({
      service: distribution(0.2),
      instances: fc.constantFrom(2, 4),
      servers: few,
      discipline: fc.constantFrom('fifo' as const, 'processor-sharing' as const),
      concurrency: fewOrEndless,
      queueLimit: fewOrEndless,
      holdsServer: fc.boolean(),
      network: orNull(distribution(0.05)),
      errorRate: fc.constantFrom(0, 0.1),
      rateLimit: orNull(fc.constant({ rate_per_s: 5, burst: 3 })),
      shedding: orNull(fc.constant({ waiting: 1, keep: [0] })),
      balance: fc.constantFrom(
        'round-robin' as const,
        'least-connections' as const,
        'random' as const,
        'random-of-two' as const,
        'hash' as const,
      ),
      sharding: orNull(
        fc.constantFrom({ by: 'modulo' as const, shards: 2 }, { by: 'consistent-hash' as const, shards: 2 }),
      ),
      call: fc.record({
        timeout_s: fc.constantFrom(0.1, 0.5, Infinity),
        attempts: few,
        backoff_s: fc.constantFrom(0, 0.1),
        multiplier: fc.constant(2),
        backoffMax_s: fc.constant(1),
        jitter: fc.boolean(),
        pool: fewOrEndless,
        breaker: orNull(fc.constant({ failureShare: 0.5, minCalls: 3, window_s: 2, open_s: 1 })),
        optional: fc.boolean(),
      }),
      cache: fc.record({
        entries: fc.constantFrom(0, 5, 100),
        ttl_s: fc.constantFrom(0.5, Infinity),
        stampede: fc.constantFrom(
          { policy: 'none' as const },
          { policy: 'lock' as const, retry_s: 0.05 },
          { policy: 'xfetch' as const, beta: 1 },
          { policy: 'stale-while-revalidate' as const, stale_s: 1 },
        ),
      }),
      failover: orNull(
        fc.record({ detection: distribution(1), promotion: distribution(2), standbys: fc.constantFrom(null, 0, 1) }),
      ),
      autoscale: orNull(
        fc.constant({ min: 1, max: 5, outAbove: 0.7, outAfter_s: 2, inBelow: 0.3, inAfter_s: 2, boot_s: 1 }),
      ),
      redelivery_s: fc.constantFrom([], [0.2, 0.5]),
    })
    .map((but) => tier(`t${index}`, but.service, but));

/** Visits of tiers after `from`, so that no route is without end; the last tier replicates the one before it. */
function arbitraryRoute(from: number, depth: number): fc.Arbitrary<Route> {
  if (from >= TIERS || depth > 2) return fc.constant([]);
  const visit: fc.Arbitrary<Visit> = fc.integer({ min: from, max: TIERS - 1 }).chain((index) =>
    fc.record({
      tier: fc.constant(index),
      times: fc.constantFrom(0, 0.5, 1, 2.5),
      operation: fc.constantFrom('read' as const, 'write' as const),
      service: orNull(distribution(0.1)),
      nested: arbitraryRoute(index + 1, depth + 1),
      lookup: orNull(
        fc.record({
          hitRatio: orNull(fc.constantFrom(0, 0.7)),
          onMiss: arbitraryRoute(index + 1, depth + 1),
          missBy: fc.constantFrom('caller' as const, 'tier' as const),
          fillVisit: fc.boolean(),
          missOnFailure: fc.boolean(),
        }),
      ),
      publish: depth === 0 ? fc.constantFrom([], [0]) : fc.constant([]),
    }),
  );
  return fc.array(visit, { maxLength: 2 });
}

const arbitrarySystem: fc.Arbitrary<System> = fc
  .record({
    tiers: fc.tuple(...Array.from({ length: TIERS }, (_, index) => arbitraryTier(index))),
    routes: fc.tuple(arbitraryRoute(0, 0), arbitraryRoute(0, 0)),
    message: arbitraryRoute(1, 1),
    timeouts_s: fc.tuple(fc.constantFrom(0.3, 2, Infinity), fc.constantFrom(0.3, 2)),
    lag: distribution(1),
    readYourWrites: fc.constantFrom(
      { strategy: 'none' as const },
      { strategy: 'cache-after-write' as const },
      { strategy: 'primary-for-author' as const, authorShare: 0.3 },
      { strategy: 'primary-within-window' as const, window_s: 1 },
    ),
    synchronous: fc.constantFrom(0, 1),
  })
  .map(({ tiers, routes, message, timeouts_s, lag, readYourWrites, synchronous }) => ({
    classes: [
      { name: 'one', share: 0.7, timeout_s: timeouts_s[0], route: routes[0], keys: 0 },
      { name: 'two', share: 0.3, timeout_s: timeouts_s[1], route: routes[1], keys: null },
    ],
    messages: [
      {
        name: 'email',
        route:
          message.length > 0
            ? message
            : [{ tier: 1, times: 1, operation: 'write', service: null, nested: [], lookup: null, publish: [] }],
      },
    ],
    tiers: tiers.map((each, index) =>
      index === TIERS - 1 ? { ...each, replication: { primary: TIERS - 2, lag, readYourWrites, synchronous } } : each,
    ),
    keySpaces: [{ name: 'things', count: 20, exponent: 1 }],
  }));

const arbitraryFault: fc.Arbitrary<SystemFault> = fc.record({
  kind: fc.constantFrom(
    'crash' as const,
    'hang' as const,
    'slow' as const,
    'errors' as const,
    'partition' as const,
    'latency' as const,
    'flush' as const,
  ),
  tier: fc.integer({ min: 0, max: TIERS - 1 }),
  instances: fc.constantFrom([0], [0, 1]),
  at_s: fc.double({ min: 0, max: SCHEDULE_S, noNaN: true }),
  until_s: fc.constantFrom(SCHEDULE_S / 2, SCHEDULE_S),
  factor: fc.constantFrom(0.5, 3),
  from: fc.constantFrom(null, 0, 1),
});

const arbitraryLoad: fc.Arbitrary<Load> = fc
  .record({
    process: fc.constantFrom(
      { kind: 'poisson' as const },
      { kind: 'uniform' as const },
      { kind: 'bursty' as const, factor: 5, on_s: 1, off_s: 3 },
    ),
    rates: fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })),
    users: fc.integer({ min: 1, max: 5 }),
    target: fc.constantFrom(null, null, 2),
    faults: fc.array(arbitraryFault, { maxLength: 4 }),
  })
  .map(({ process, rates, users, target, faults }) => ({
    process,
    phases: [
      {
        name: 'ramp',
        judged: true,
        pieces: [{ duration_s: 12, rate_per_s: rates[0], rate_end_per_s: rates[1] }],
        duration_s: 12,
        closed: null,
        target,
      },
      {
        name: 'users',
        judged: true,
        pieces: [],
        duration_s: SCHEDULE_S - 12,
        closed: { users, think_s: users - 0.8 },
        target: null,
      },
    ],
    // An end before the beginning is none.
    faults: faults.map((fault) => ({ ...fault, at_s: Math.min(fault.at_s, fault.until_s) })),
  }));

test('whatever happens, requests are conserved, and in the end nothing is held', () => {
  fc.assert(
    fc.property(arbitrarySystem, arbitraryLoad, fc.integer(), (system, load, seed) => {
      const replication = new Replication(system, load, { seed, warmUp_s: 3, what: BY_HAND });
      const run = replication.run();
      const { sim } = replication;
      for (const { counters } of run.observation.phases)
        for (const value of Object.values(counters)) expect(value).toBeGreaterThanOrEqual(0);
      for (const station of run.stations) for (const value of Object.values(station)) expect(value).not.toBeNaN();
      for (const instance of sim.instances) {
        if (instance.waiting.size > 0) expect(instance.hasRoom).toBe(false);
        if (instance.speed > 0 && instance.sharing !== null && instance.sharing.count > 0)
          expect(instance.event).not.toBe(0);
      }
      const underWay = sim.frames.all.filter(
        (frame) => frame.kind === MESSAGE && (frame.child !== null || frame.event !== 0),
      ).length;
      for (const { published, delivered, dead, worker } of sim.messages)
        expect(published).toBe(delivered + dead + (worker.backlog?.size ?? 0) + underWay);
      // What is left hangs on a partition's, crash's or queue's end that never came.
      if (sim.frames.live > 0) return;
      expect(sim.inFlight).toBe(0);
      for (const station of sim.stations) {
        expect([station.tier.id, station.inside, station.waiting, station.busy]).toEqual([
          station.tier.id,
          station.backlog?.size ?? 0,
          station.backlog?.size ?? 0,
          0,
        ]);
        expect(station.entered - station.left).toBe(station.inside);
        expect(station.queued).toBe(0);
      }
      for (const instance of sim.instances)
        expect([instance.inside, instance.slots, instance.busy, instance.waiting.size]).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: 150, seed: 1 },
  );
});
