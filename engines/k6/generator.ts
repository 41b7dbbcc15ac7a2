import { serve } from '../child/serve.ts';
import { driveK6 } from './drive.ts';

// Entry point of the generator process.
serve(driveK6);
