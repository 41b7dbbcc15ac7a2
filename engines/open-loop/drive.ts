import { createArrivals } from '../../model/workload/arrivals.ts';
import type { FinalResult, Report } from '../child/messages.ts';
import { RunRecord } from '../child/run-record.ts';
import type { Among } from '../child/serve.ts';
import { EngineError, type LoadJob } from '../engine.ts';
import { Clock } from '../child/clock.ts';
import { ownArrivals } from './own-arrivals.ts';
import { startPacer } from './pacer.ts';
import { PhaseClock } from '../child/phase-clock.ts';
import { requestIds } from './request-ids.ts';
import { Journeys } from './journeys/journeys.ts';
import { Sender } from './sender.ts';
import { SingleRequests } from './single-requests.ts';
import { warmUp } from './warm-up.ts';
import { WritesLog } from './writes-log.ts';

/** Drain after an abort, at most. */
const ABORT_DRAIN_S = 2;
/** What `turn` answers when no arrival is to come. */
const NONE_DUE_US = 1e6;

/** Drives an open-loop job in this process: arrivals come when the schedule says, whatever the answers do. */
export async function driveOpenLoop(
  job: LoadJob,
  report: (report: Report) => void,
  stop: AbortSignal,
  { part, start }: Among,
): Promise<FinalResult> {
  await warmUp(job, stop);
  const writes = job.writes_log === undefined ? undefined : await WritesLog.open(job.writes_log);
  const over = Promise.withResolvers<void>();
  const clock = new Clock();
  const record = new RunRecord(job, report, part);
  const { ledger, self, duration_s } = record;
  const duration_us = duration_s * 1e6;
  const phases = new PhaseClock(job.schedule, (phase, at_s) => report({ type: 'phase', phase, at_s }));
  const sender = new Sender({
    job,
    ledger,
    clock,
    nextId: requestIds(),
    ...(writes && { writes }),
    onSocket: (opened) => (opened ? self.socketOpened() : self.socketClosed()),
    onActivity: () => pacer.wake(),
    onFatal: (error) => over.reject(new EngineError(`a request cannot be sent: ${error.message}`)),
  });
  const { journeys } = job.workload;
  const traffic = journeys ? new Journeys(job, journeys, sender) : new SingleRequests(job, sender);
  const arrivals = ownArrivals(createArrivals(job.schedule), part, () => traffic.pass());
  let pending = arrivals.advance();
  let stoppedAt_us: number | undefined;

  const sendDue = (now_us: number): void => {
    phases.tick(Math.min(now_us, duration_us - 1));
    for (; pending && arrivals.at_us <= now_us; pending = arrivals.advance()) {
      traffic.offer(arrivals.at_us, arrivals.phase);
    }
    traffic.proceed(now_us);
  };
  const drain = (since_us: number): void => {
    self.close();
    const drain_s = stoppedAt_us === undefined ? job.drain_s : Math.min(job.drain_s, ABORT_DRAIN_S);
    if (ledger.inFlight === 0 || since_us >= drain_s * 1e6) over.resolve();
  };
  const turn = (): number => {
    const now_us = clock.now_us();
    if (stop.aborted && stoppedAt_us === undefined) {
      stoppedAt_us = Math.min(Math.max(now_us, 0), duration_us);
      traffic.endAt(stoppedAt_us);
    }
    if (stoppedAt_us === undefined) sendDue(now_us);
    sender.expire(now_us);
    record.tick(now_us, phases.current);
    writes?.tick(now_us);
    const end_us = stoppedAt_us ?? duration_us;
    if (now_us >= end_us) drain(now_us - end_us);
    if (now_us >= end_us) return NONE_DUE_US;
    return Math.min(pending ? arrivals.at_us : end_us, traffic.next_us) - now_us;
  };

  const started = await start();
  clock.startAt(started);
  writes?.startAt(started.wall_ms);
  self.start();
  const pacer = startPacer(turn);
  try {
    await over.promise;
  } finally {
    pacer.stop();
    sender.close(clock.now_us());
    await writes?.close();
  }
  const elapsed_s = (stoppedAt_us ?? duration_us) / 1e6;
  phases.finish(elapsed_s);
  const stopped = stoppedAt_us !== undefined;
  const ended = traffic.account();
  const health = { in_flight_cap: job.in_flight_cap };
  const result = record.close({ started_at_ms: started.wall_ms, elapsed_s, stopped, health });
  return { ...result, ...(ended && { journeys: ended }) };
}
