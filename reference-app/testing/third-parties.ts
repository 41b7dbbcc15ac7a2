import { createServer } from 'node:http';
import { pino } from 'pino';
import { createStub } from '../third-party-stub/stub.ts';
import { Webhooks } from '../third-party-stub/webhooks.ts';
import { freePort } from './ports.ts';
import { TEST_WEBHOOK_SECRET } from './shop.ts';

/** The third parties in this process, on a free port. */
export interface TestThirdParties {
  readonly url: string;
  /** Changes how one behaves. */
  set(party: string, behaviour: object): Promise<void>;
  /** How many calls had an effect, such as `payment/charges`. */
  effects(what: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startThirdParties(webhookUrl?: string, limited = true): Promise<TestThirdParties> {
  const log = pino({ level: 'silent' });
  const server = createServer(
    createStub({ log, limited, webhooks: new Webhooks(webhookUrl, TEST_WEBHOOK_SECRET, log) }),
  );
  const port = await freePort();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen({ port, host: '127.0.0.1' }, resolve);
  await promise;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    set: async (party, behaviour) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/admin/${party}`, { method: 'PUT', headers, body: JSON.stringify(behaviour) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    effects: async (what) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const found = text.split('\n').find((line) => line.startsWith(`third_party_effects_total{what="${what}"}`));
      return Number(found?.split(' ').at(-1) ?? 0);
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve();
    },
  };
}
