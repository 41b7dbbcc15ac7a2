import { serve } from '../child/serve.ts';
import { driveOpenLoop } from './drive.ts';

// Entry point of the generator process.
serve(driveOpenLoop);
