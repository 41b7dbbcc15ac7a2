import { checkJob } from '../check-job.ts';
import { entryBeside } from '../child/entry.ts';
import { runJob } from '../child/run-job.ts';
import { EngineError, type Engine } from '../engine.ts';
import { refuseOptions } from '../refuse-options.ts';
import { requireK6 } from './find-k6.ts';

/** Grafana's k6, where the machine has it: for those whose load tests are k6's, and to hold the engine of our own against. */
export const k6: Engine = {
  name: 'k6',
  claims: {
    loop: 'open',
    paces: true,
    responseFromIntended: false,
    survivesResets: false,
    use: 'a test that also runs without shop-plan; a second opinion on what another engine measured',
    limits:
      'response time is service time: what leaves late looks fast; drops instead of waiting, and tells it at the end; evenly spaced ' +
      'arrivals only; repeats a request unseen when a connection that was used before is reset; about half a core for every 1,000 req/s',
  },
  async run(job, watch) {
    checkJob(job);
    refuseOptions(job, 'k6');
    if (job.schedule.process !== 'uniform') {
      throw new EngineError('`k6` spaces arrivals evenly: write `arrivals: uniform`, or use `engine: open-loop`');
    }
    requireK6();
    return runJob(entryBeside(import.meta.url, 'generator'), job, watch);
  },
};
