import { createLog } from './log.ts';
import { runUntilSignal, settingsOrExit } from './program.ts';
import { createShortener } from './shortener/service.ts';
import { readShortenerSettings } from './shortener/settings.ts';

if (import.meta.main) await main();

/** Runs one instance until SIGTERM or SIGINT. Exit codes: 0 stopped as asked, 2 wrong settings, 3 it could not start. */
async function main(): Promise<void> {
  const settings = settingsOrExit(() => readShortenerSettings(process.env), 'shortener');
  const log = createLog(settings.logLevel, settings.instanceId);
  const { host, port, sharding, shards, redisUrls } = settings;
  const facts = { host, port, shards: shards.length, sharding, cacheNodes: redisUrls.length };
  await runUntilSignal(createShortener(settings, log), log, facts);
}
