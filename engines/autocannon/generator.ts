import { serve } from '../child/serve.ts';
import { driveAutocannon } from './drive.ts';

// Entry point of the generator process.
serve(driveAutocannon);
