import type { Peer } from '../internal/peers.ts';
import type { Service } from '../service.ts';
import { loadShop } from '../seed/load.ts';
import type { Settings } from '../settings.ts';
import { freePort } from './ports.ts';
import { query, startPostgres, type TestServer } from './servers.ts';
import { ask, serve, TEST_BCRYPT_COST, type Answer, type Ask } from './shop.ts';
import { startThirdParties, type TestThirdParties } from './third-parties.ts';

export const TEST_SERVICE_SECRET = 'what services of tests sign in with';
const ALL: readonly Peer[] = ['product', 'inventory', 'payment', 'user', 'recommendation', 'order'];

/** The six services, each with a database of its own in one PostgreSQL. */
export interface TestServices {
  readonly server: TestServer;
  readonly parties: TestThirdParties;
  /** Base URL of a service. */
  url(peer: Peer): string;
  databaseUrl(peer: Peer): string;
  /** Asks a service's public route; paths are relative to /api/v1. */
  ask(peer: Peer, method: string, path: string, how?: Ask): Promise<Answer>;
  /** Asks an internal route as another service would. */
  tell(peer: Peer, path: string, body: object, secret?: string): Promise<Answer>;
  /** SQL in a service's database. */
  sql<Row extends object>(peer: Peer, text: string, values?: unknown[]): Promise<Row[]>;
  /** Stops a service, as if it had died; `start` brings it back at the same address. */
  stopOne(peer: Peer): Promise<void>;
  startOne(peer: Peer): Promise<void>;
  /** One more instance of a service, to be stopped by whoever asked for it. */
  another(peer: Peer): Promise<Service>;
  stop(): Promise<void>;
}

/** Starts everything on a seeded shop of 100 products and 60 users. What was started is stopped again on failure. */
export async function startServices(): Promise<TestServices> {
  const server = await startPostgres();
  const parties = await startThirdParties();
  const running = new Map<Peer, Service>();
  const ports = new Map<Peer, number>();
  for (const peer of ALL) ports.set(peer, await freePort());
  const databaseUrl = (peer: Peer) => server.url.replace(/shop$/, peer);
  const url = (peer: Peer) => `http://127.0.0.1:${ports.get(peer)}`;
  const settingsOf = (peer: Peer): Partial<Settings> & { databaseUrl: string } => ({
    service: peer,
    databaseUrl: databaseUrl(peer),
    databasePoolMax: 10,
    serviceSecret: TEST_SERVICE_SECRET,
    peers: Object.fromEntries(ALL.filter((other) => other !== peer).map((other) => [other, [url(other)]])),
    thirdPartyUrl: parties.url,
    instanceId: peer,
  });
  const startOne = async (peer: Peer) => {
    running.set(peer, await serve({ ...settingsOf(peer), port: ports.get(peer) ?? 0 }));
  };
  const stopOne = async (peer: Peer) => {
    await running.get(peer)?.stop();
    running.delete(peer);
  };
  const stop = async () => {
    await Promise.all(ALL.map(stopOne));
    await parties.stop();
    await server.stop();
  };
  try {
    for (const peer of ALL) {
      await query(server.url, `CREATE DATABASE ${JSON.stringify(peer)}`);
      const plan = { seed: 7, products: 100, users: 60, bcryptCost: TEST_BCRYPT_COST, service: peer };
      await loadShop(databaseUrl(peer), plan);
      await startOne(peer);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server,
    parties,
    url,
    databaseUrl,
    ask: (peer, method, path, how = {}) => ask(`${url(peer)}/api/v1${path}`, method, how),
    tell: (peer, path, body, secret = TEST_SERVICE_SECRET) =>
      ask(`${url(peer)}/internal${path}`, 'POST', { body, headers: { 'x-service-secret': secret } }),
    sql: (peer, text, values) => query(databaseUrl(peer), text, values),
    stopOne,
    startOne,
    another: (peer) => serve(settingsOf(peer)),
    stop,
  };
}
