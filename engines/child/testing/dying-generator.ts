import { serve } from '../serve.ts';

// A generator that tells of one second and then falls over.
serve(async (_job, report) => {
  report({
    type: 'progress',
    progress: { at_s: 1, total_s: 60, phase: 'steady', rate_per_s: 1, p95_us: 1, in_flight: 0, errors: 0 },
  });
  await new Promise((resolve) => setImmediate(resolve));
  process.stderr.write('out of luck\n');
  process.exit(7);
});
