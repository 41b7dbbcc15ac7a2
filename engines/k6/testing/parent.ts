import { steadyJob } from '../../testing/jobs.ts';
import { k6 } from '../k6.ts';

// A parent with an hour's run against the URL it is given, for a test that kills it.
await k6.run(steadyJob(process.argv[2] ?? '', 50, 3600, { connections: 8 }), {});
