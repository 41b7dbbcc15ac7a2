import type { LoadJob } from '../engine.ts';
import type { FinalResult, Order, Report } from './messages.ts';

/** Drives one job. `stop` is aborted when the parent wants the run to end early. */
export type Drive = (job: LoadJob, report: (report: Report) => void, stop: AbortSignal) => Promise<FinalResult>;

/**
 * The generator's side: takes one job from the parent, drives it, sends the result and exits. Exits by itself when the
 * parent is gone. An interrupt from the terminal reaches the whole process group; the parent decides what it means.
 */
export function serve(drive: Drive): void {
  const stop = new AbortController();
  let started = false;
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  process.on('message', (order: Order) => {
    if (order.type === 'stop') stop.abort();
    else if (!started) {
      started = true;
      void answer(drive, order.job, stop.signal);
    }
  });
}

async function answer(drive: Drive, job: LoadJob, stop: AbortSignal): Promise<void> {
  let last: Report;
  try {
    last = { type: 'done', result: await drive(job, send, stop) };
  } catch (error) {
    last = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  // The exit waits until the pipe has taken the last message.
  process.send?.(last, undefined, {}, () => process.exit(0));
}

function send(report: Report): void {
  process.send?.(report);
}
