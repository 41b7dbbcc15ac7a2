import { driveOpenLoop } from '../../open-loop/drive.ts';
import { serve } from '../serve.ts';

// Generators of which the second falls over when its first second is over.
serve((job, report, stop, among) =>
  driveOpenLoop(
    job,
    (each) => {
      if (among.part.index === 1 && each.type === 'progress') process.exit(7);
      report(each);
    },
    stop,
    among,
  ),
);
