import { createServer } from 'node:http';
import { z } from 'zod';
import { createLog } from './log.ts';
import { runUntilSignal, settingsOrExit } from './program.ts';
import { readEnvironment } from './settings.ts';
import { createStub } from './third-party-stub/stub.ts';
import { Webhooks } from './third-party-stub/webhooks.ts';

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number<string>().int().min(1).max(65_535),
  /** Where to tell what became of charges; absent: nowhere. */
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOK_SECRET: z.string().min(16).default('only-for-a-shop-without-webhooks'),
  /** Whether calls are limited as the documents say. */
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

if (import.meta.main) await main();

/** Runs the third parties until SIGTERM or SIGINT. Exit codes: 0 stopped as asked, 2 wrong settings, 3 it could not start. */
async function main(): Promise<void> {
  const settings = settingsOrExit(() => readEnvironment(environment, process.env));
  const log = createLog(settings.LOG_LEVEL, 'third-parties');
  const webhooks = new Webhooks(settings.WEBHOOK_URL, settings.WEBHOOK_SECRET, log);
  const server = createServer(createStub({ log, webhooks, limited: settings.RATE_LIMITS === 'on' }));
  const service = {
    listen: async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen({ port: settings.PORT, host: settings.HOST }, resolve);
      await promise;
    },
    stop: () => {
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
  await runUntilSignal(service, log, { port: settings.PORT });
}
