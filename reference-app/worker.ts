import { createLog } from './log.ts';
import { runUntilSignal, settingsOrExit } from './program.ts';
import { readWorkerSettings } from './settings.ts';
import { createWorker } from './worker-service.ts';

if (import.meta.main) await main();

/** Runs one worker until SIGTERM or SIGINT. Exit codes: 0 stopped as asked, 2 wrong settings, 3 it could not start. */
async function main(): Promise<void> {
  const settings = settingsOrExit(() => readWorkerSettings(process.env));
  const log = createLog(settings.logLevel, settings.instanceId);
  const { worker, port } = settings;
  await runUntilSignal(await createWorker(settings, log), log, { worker, port });
}
