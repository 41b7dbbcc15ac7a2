import { cleanLeftovers } from '../infra/doctor.ts';
import type { Terminal } from './terminal.ts';

/** What commands before this one left behind when they were killed; says what it removed and what it could not. */
export async function cleanUp(terminal: Terminal): Promise<void> {
  const { cleaned, left } = await cleanLeftovers();
  for (const what of cleaned) terminal.message(`cleaned up: ${what}`);
  for (const what of left) terminal.message(`could not clean up: ${what}`);
}
