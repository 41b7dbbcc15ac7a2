import type { Log } from './log.ts';
import { SettingsError } from './settings.ts';

/** Something that runs until it is told to stop. */
export interface Program {
  listen(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs until SIGTERM or SIGINT, and ends the process: with 0 when stopped as asked, 3 when it could not start. */
export async function runUntilSignal(program: Program, log: Log, facts: object): Promise<void> {
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await program.stop();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  try {
    await program.listen();
    log.info(facts, 'listening');
  } catch (error) {
    log.fatal({ err: error }, 'could not start');
    process.exit(3);
  }
}

/** What `read` yields; wrong settings end the process with 2 and a line for each problem. */
export function settingsOrExit<Settings>(read: () => Settings, program = 'shop'): Settings {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const problem of error.problems) process.stderr.write(`${program}: ${problem}\n`);
    process.exit(2);
  }
}
