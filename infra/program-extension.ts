import { extname } from 'node:path';

/** How the files of our own programs end: `.ts` in a checkout, `.js` in the published package. */
export const PROGRAM_EXTENSION = extname(import.meta.filename);
