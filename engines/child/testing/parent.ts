import { openLoop } from '../../open-loop/open-loop.ts';
import { steadyJob } from '../../testing/jobs.ts';

// A parent with an hour's run against the URL it is given, for a test that kills it.
await openLoop.run(steadyJob(process.argv[2] ?? '', 50, 3600), {});
