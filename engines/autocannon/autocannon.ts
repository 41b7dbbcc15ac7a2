import { checkJob } from '../check-job.ts';
import { entryBeside } from '../child/entry.ts';
import { runJob } from '../child/run-job.ts';
import type { Engine } from '../engine.ts';
import { refuseOptions } from '../refuse-options.ts';

/**
 * Closed-loop probe with autocannon 9: how much can this take at most, with so many connections. Rates of the schedule
 * are ignored, and so is the drain: autocannon cuts off what is under way at the end of a phase.
 */
export const autocannon: Engine = {
  name: 'autocannon',
  claims: {
    loop: 'closed',
    paces: false,
    responseFromIntended: false,
    survivesResets: false,
    use: 'the highest throughput with a number of connections that each wait for their answer',
    limits:
      'response time is service time, so a slow server slows its own load; reconnects without back-off, so a failing ' +
      'stack is hammered and every attempt counted; after a reset, error or timeout its latencies mean nothing; one ' +
      'timeout for all classes, the longest and at least 1 s; requests under way when a phase ends are cut off',
  },
  async run(job, watch) {
    checkJob(job);
    refuseOptions(job, 'autocannon');
    return runJob(entryBeside(import.meta.url, 'generator'), job, watch);
  },
};
