import autocannon, { type Client } from 'autocannon';
import { createDrawer } from '../../model/workload/draw.ts';
import { compileRequests } from '../../model/workload/render.ts';
import { Clock } from '../child/clock.ts';
import type { FinalResult, Report } from '../child/messages.ts';
import { PhaseClock } from '../child/phase-clock.ts';
import { RunRecord } from '../child/run-record.ts';
import type { LoadJob } from '../engine.ts';
import { Caller, type CallerSettings } from './caller.ts';

/** How often autocannon looks whether it shall stop, and this whether it shall tell it to. */
const LOOK_MS = 25;
/** Autocannon takes no shorter timeout. */
const TIMEOUT_MIN_MS = 1000;

/** Drives a closed loop: every connection sends its next request when it has the answer to the last. */
export async function driveAutocannon(
  job: LoadJob,
  report: (report: Report) => void,
  stop: AbortSignal,
): Promise<FinalResult> {
  const record = new RunRecord(job, report);
  const clock = new Clock();
  const phases = new PhaseClock(job.schedule, (phase, at_s) => report({ type: 'phase', phase, at_s }));
  const shared = {
    drawer: createDrawer(job.workload, job.schedule.seed),
    requests: compileRequests(job.workload),
    ledger: record.ledger,
    clock,
    timeout_ms: Math.max(TIMEOUT_MIN_MS, ...job.workload.classes.map((template) => template.timeout_ms)),
  };
  const started_at_ms = clock.start(0);
  record.self.start();
  const look = (): void => {
    phases.tick(Math.min(clock.now_us(), record.duration_s * 1e6 - 1));
    record.tick(clock.now_us(), phases.current);
  };
  let end_s = 0;
  for (const [phase, { duration_s }] of job.schedule.phases.entries()) {
    end_s += duration_s;
    look();
    if (!stop.aborted)
      await runPhase(job, { ...shared, phase }, () => stop.aborted || clock.now_us() >= end_s * 1e6, look);
  }
  record.self.close();
  const elapsed_s = stop.aborted ? Math.min(clock.now_us() / 1e6, record.duration_s) : record.duration_s;
  phases.finish(elapsed_s);
  return record.close({
    started_at_ms,
    elapsed_s,
    stopped: elapsed_s < record.duration_s,
    health: { sockets_max: job.connections },
  });
}

/** One phase is one autocannon run; it ends when `isOver` says so. */
async function runPhase(
  job: LoadJob,
  settings: CallerSettings,
  isOver: () => boolean,
  look: () => void,
): Promise<void> {
  const finished = Promise.withResolvers<void>();
  const instance = autocannon(
    {
      url: job.base_url,
      connections: job.connections,
      pipelining: 1,
      timeout: settings.timeout_ms / 1000,
      // Ended by `stop`, to keep to the schedule: autocannon rounds durations up to its sampling interval.
      duration: 2 * 86_400,
      sampleInt: LOOK_MS,
      setupClient: (client: Client) => void new Caller(client, settings),
    },
    (error: unknown) => {
      if (error) finished.reject(error instanceof Error ? error : new Error(String(error)));
      else finished.resolve();
    },
  );
  const timer = setInterval(() => {
    if (isOver()) instance.stop();
    else look();
  }, LOOK_MS);
  await finished.promise.finally(() => clearInterval(timer));
}
