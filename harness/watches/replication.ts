import type { Counters } from '../counters.ts';
import type { Findings, Watch } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Timeline } from '../timeline.ts';
import { watchedDatabases } from './failover/watched-databases.ts';
import { Heartbeat } from './replication/heartbeat.ts';
import type { LagSample } from './replication/follower.ts';
import { quantile } from './replication/quantiles.ts';

/** How far replicas are behind, phase by phase. */
export const replication: Watch = {
  name: 'replication',
  title: 'how long a committed row takes to show at each replica',
  classes: [],
  counters: [
    'replication.samples',
    'replication.lag_p50_s',
    'replication.lag_p95_s',
    'replication.lag_max_s',
    'replication.lag_max_bytes',
  ],
  async start(site) {
    const replicated = watchedDatabases(site).filter(({ timelines }) => timelines !== undefined);
    if (replicated.length === 0) {
      throw new RunError('no database of the stack has replicas', 'leave out the watch `replication`');
    }
    const hearts = replicated.map(
      ({ write_url, nodes }) =>
        new Heartbeat(
          write_url,
          nodes.map(({ url }) => url),
        ),
    );
    await Promise.all(hearts.map((heart) => heart.start()));
    return {
      finish: async (timeline) => findingsOf((await Promise.all(hearts.map((heart) => heart.stop()))).flat(), timeline),
    };
  },
};

/** By the phase in which a row was committed. */
function findingsOf(samples: readonly LagSample[], timeline: Timeline): Findings {
  const placed = samples.map((sample) => ({ ...sample, at_s: timeline.at_s(sample.at_ms) }));
  const byPhase = timeline.phases.map(({ name, start_s, end_s }): [string, Counters] => [
    name,
    lagCounters(placed.filter(({ at_s }) => at_s >= start_s && at_s < end_s)),
  ]);
  return { byPhase: new Map(byPhase), counters: lagCounters(samples) };
}

function lagCounters(samples: readonly LagSample[]): Counters {
  const lags_s = samples.map(({ lag_s }) => lag_s);
  const found = {
    'replication.samples': samples.length,
    'replication.lag_p50_s': quantile(lags_s, 0.5),
    'replication.lag_p95_s': quantile(lags_s, 0.95),
    'replication.lag_max_s': quantile(lags_s, 1),
    'replication.lag_max_bytes': quantile(
      samples.map(({ lag_bytes }) => lag_bytes),
      1,
    ),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
