import type { LoadJob } from '../engine.ts';
import type { FinalResult, Order, Part, Report, Start } from './messages.ts';

/** Drives one job. `stop` is aborted when the parent wants the run to end early. */
export type Drive = (
  job: LoadJob,
  report: (report: Report) => void,
  stop: AbortSignal,
  among: Among,
) => Promise<FinalResult>;

/** The generators that share a job. An engine that runs one process only need not look at them. */
export interface Among {
  readonly part: Part;
  /** Says that this one is ready, and waits for the start of all. Once. */
  start(): Promise<Start>;
}

/**
 * The generator's side: takes one job from the parent, drives it, sends the result and exits. Exits by itself when the
 * parent is gone. An interrupt from the terminal reaches the whole process group; the parent decides what it means.
 */
export function serve(drive: Drive): void {
  const stop = new AbortController();
  const start = Promise.withResolvers<Start>();
  const ready = (): Promise<Start> => {
    send({ type: 'ready' });
    return start.promise;
  };
  let started = false;
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  process.on('message', (order: Order) => {
    if (order.type === 'stop') stop.abort();
    else if (order.type === 'start') start.resolve(order.start);
    else if (!started) {
      started = true;
      const { job, part } = order;
      void answer(() => drive(job, send, stop.signal, { part, start: ready }));
    }
  });
}

async function answer(drive: () => Promise<FinalResult>): Promise<void> {
  let last: Report;
  try {
    last = { type: 'done', result: await drive() };
  } catch (error) {
    last = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  // The exit waits until the pipe has taken the last message.
  process.send?.(last, undefined, {}, () => process.exit(0));
}

function send(report: Report): void {
  process.send?.(report);
}
