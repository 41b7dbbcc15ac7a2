import type { What } from '../../model/observation/observation.ts';
import type { Load } from '../../model/simulator/load.ts';
import type { SimulationRun } from '../../model/simulator/run.ts';
import { estimatesOf } from '../../model/simulator/statistics/estimates.ts';
import { relativePrecision, replicationsNeeded } from '../../model/simulator/statistics/precision.ts';
import { warmUpOf } from '../../model/simulator/statistics/warm-up.ts';
import type { System } from '../../model/simulator/system.ts';
import type { SimulationJob } from './messages.ts';
import { replicationSeed } from './replication-seed.ts';
import { ReplicationProgress } from './replication-progress.ts';
import type { Simulators } from './simulators.ts';

/** A sequential rule needs some replications before it can tell how much they differ. */
export const PRECISION_REPLICATIONS_MIN = 5;

export interface ReplicationRequest {
  readonly system: System;
  readonly load: Load;
  readonly what: What;
  /** Of all replications; each has its own, `replicationSeed`. */
  readonly seed: number;
  /** How many; with a `precision` how many at least. */
  readonly replications: number;
  /** Go on until the 95 % intervals of mean and p95 are at most this share of their value, on either side; null not to. */
  readonly precision: number | null;
  /** With a `precision` how many at most. */
  readonly maxReplications: number;
  /** Where they run; how many at a time changes nothing but the time it takes. */
  readonly simulators: Simulators;
  /** Called with the share that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface Replications {
  readonly runs: readonly SimulationRun[];
  /** What was cut off the start of the first judged phase. */
  readonly warmUp_s: number;
  /** The precision that was reached; null when it cannot be told. */
  readonly precision: number | null;
}

/**
 * Simulates the same load on the same system several times, with other random numbers each time. The first replication
 * says how long the system takes to settle; that long does not count in any of them. With a `precision` the number of replications
 * is the smallest that reaches it, looked at in their order: a replication that finished early is not looked at early, so
 * that the result is the same for any number of workers.
 * @throws RunError when a simulating thread dies; the reason of an abort.
 */
export async function replicate(request: ReplicationRequest): Promise<Replications> {
  const { load, replications, maxReplications, precision } = request;
  const least = precision === null ? replications : Math.max(replications, PRECISION_REPLICATIONS_MIN);
  const progress = new ReplicationProgress(durationOf(load), least, request.onProgress);
  const surplus = new AbortController();
  const launch = (replication: number, warmUp_s: number): Promise<SimulationRun> => {
    const tell = progress.started();
    const watch = { onProgress: tell, unwanted: surplus.signal };
    const running = request.simulators.run(jobOf(request, replication, warmUp_s), watch);
    // Those that turn out to be surplus are not waited for.
    running.then(
      ({ events }) => tell({ now_s: Infinity, events }),
      () => {},
    );
    return running;
  };
  const pilot = await launch(0, 0);
  const warmUp_s = warmUpOf(pilot);
  if (warmUp_s > 0) progress.expect(least + 1);
  const running = [warmUp_s > 0 ? launch(0, warmUp_s) : Promise.resolve(pilot)];
  const most = precision === null ? least : Math.max(least, maxReplications);
  const runs: SimulationRun[] = [];
  for (let next = 0; next < most; next++) {
    // Enough are under way that no thread waits for this one.
    const ahead = Math.min(most, Math.max(least, next + request.simulators.width));
    while (running.length < ahead) running.push(launch(running.length, warmUp_s));
    const run = await running[next];
    if (!run) break;
    runs.push(run);
    if (precision === null || runs.length < least) continue;
    const estimates = estimatesOf(runs);
    if (relativePrecision(estimates) <= precision) break;
    progress.expect(Math.min(most, replicationsNeeded(estimates, precision)) + (warmUp_s > 0 ? 1 : 0));
  }
  surplus.abort(new Error('more replications are not needed'));
  return { runs, warmUp_s, precision: precisionOf(runs) };
}

function precisionOf(runs: readonly SimulationRun[]): number | null {
  const precision = relativePrecision(estimatesOf(runs));
  return Number.isFinite(precision) ? precision : null;
}

function jobOf({ system, load, what, seed }: ReplicationRequest, replication: number, warmUp_s: number): SimulationJob {
  return { system, load, options: { seed: replicationSeed(seed, replication), warmUp_s, what } };
}

function durationOf({ phases }: Load): number {
  return phases.reduce((sum, phase) => sum + phase.duration_s, 0);
}
