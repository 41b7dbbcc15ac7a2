import { createLog } from './log.ts';
import { runUntilSignal, settingsOrExit } from './program.ts';
import { createService } from './service.ts';
import { readSettings } from './settings.ts';

export { createApp, type AppDeps } from './app.ts';

if (import.meta.main) await main();

/** Runs one instance until SIGTERM or SIGINT. Exit codes: 0 stopped as asked, 2 wrong settings, 3 it could not start. */
export async function main(): Promise<void> {
  const settings = settingsOrExit(() => readSettings(process.env));
  const log = createLog(settings.logLevel, settings.instanceId);
  const { host, port, queue, redisUrls } = settings;
  await runUntilSignal(await createService(settings, log), log, { host, port, queue, cacheNodes: redisUrls.length });
}
