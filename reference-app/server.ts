import { createLog } from './log.ts';
import { createService } from './service.ts';
import { readSettings, SettingsError, type Settings } from './settings.ts';

export { createApp, type AppDeps } from './app.ts';

if (import.meta.main) await main();

/** Runs one instance until SIGTERM or SIGINT. Exit codes: 0 stopped as asked, 2 wrong settings, 3 it could not start. */
async function main(): Promise<void> {
  const settings = settingsOrExit();
  const log = createLog(settings.logLevel, settings.instanceId);
  const service = createService(settings, log);
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await service.stop();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  try {
    await service.listen();
    log.info({ host: settings.host, port: settings.port, cache: settings.redisUrls.length }, 'listening');
  } catch (error) {
    log.fatal({ err: error }, 'could not start');
    process.exit(3);
  }
}

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const problem of error.problems) process.stderr.write(`shop: ${problem}\n`);
    process.exit(2);
  }
}
