import { checkJob } from '../check-job.ts';
import { entryBeside } from '../child/entry.ts';
import { runJob } from '../child/run-job.ts';
import type { Engine } from '../engine.ts';

/** Arrivals come when the schedule says; response times count from then. Each run has one or more processes of its own. */
export const openLoop: Engine = {
  name: 'open-loop',
  claims: {
    loop: 'open',
    paces: true,
    responseFromIntended: true,
    survivesResets: true,
    use: 'whether a stack meets its response times at a stated arrival rate, also while it fails',
    limits:
      'HTTP/1.1 to this machine; what one core can send, unless several generators share the load; look at send lag before believing a figure',
  },
  async run(job, watch) {
    checkJob(job);
    return runJob(entryBeside(import.meta.url, 'generator'), job, watch);
  },
};
