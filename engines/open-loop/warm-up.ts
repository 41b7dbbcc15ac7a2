import { createServer, type Server } from 'node:http';
import { scheduleDuration_s } from '../../model/workload/check-schedule.ts';
import type { Workload } from '../../model/workload/workload.ts';
import type { LoadJob } from '../engine.ts';
import { Ledger } from '../ledger/ledger.ts';
import { Clock } from '../child/clock.ts';
import { requestIds } from './request-ids.ts';
import { Sender } from './sender.ts';
import { SingleRequests } from './single-requests.ts';

/** Enough for V8 to compile the path of a request; takes about a third of a second. */
const REQUESTS = 3000;
const CONNECTIONS = 32;
const ROWS = 100;

/**
 * Sends requests of the job's classes to a server of this process that answers with nothing, so that the first second of the
 * schedule does not pay for loading and compiling. Nothing of it is counted, and the run's own draws are untouched. Ends at once when told to.
 */
export async function warmUp(job: LoadJob, stop: AbortSignal): Promise<void> {
  const server = createServer((request, response) => {
    request.resume();
    response.end('{}');
  });
  const rehearsal: LoadJob = {
    ...job,
    base_url: await listen(server),
    workload: firstRows(job.workload),
    connections: CONNECTIONS,
    in_flight_cap: CONNECTIONS,
  };
  try {
    await rehearse(rehearsal, stop);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function rehearse(job: LoadJob, stop: AbortSignal): Promise<void> {
  const done = Promise.withResolvers<void>();
  const clock = new Clock();
  const ledger = new Ledger({
    classes: job.workload.classes.map((template) => template.class),
    phases: ['warm-up'],
    duration_s: scheduleDuration_s(job.schedule),
    onInterval: () => {},
  });
  const sender = new Sender({
    job,
    ledger,
    clock,
    nextId: requestIds(),
    onSocket: () => {},
    onActivity: () => next(),
    onFatal: done.reject,
  });
  const requests = new SingleRequests(job, sender);
  const next = (): void => {
    if (stop.aborted || ledger.totals().scheduled >= REQUESTS) {
      if (ledger.inFlight === 0) done.resolve();
    } else setImmediate(() => requests.offer(clock.now_us(), 0));
  };
  clock.start(0);
  for (let i = 0; i < CONNECTIONS; i++) requests.offer(0, 0);
  return done.promise.finally(() => sender.close(clock.now_us()));
}

function firstRows(workload: Workload): Workload {
  const feeds = Object.entries(workload.feeds).map(
    ([name, feed]) => [name, { ...feed, rows: feed.rows.slice(0, ROWS) }] as const,
  );
  return { classes: workload.classes, feeds: Object.fromEntries(feeds) };
}

function listen(server: Server): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    resolve(`http://127.0.0.1:${port}`);
  });
  return promise;
}
