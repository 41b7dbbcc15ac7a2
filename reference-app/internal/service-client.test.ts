import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { Counts } from '../metrics/metrics.ts';
import { freePort } from '../testing/ports.ts';
import { ServiceClient } from './service-client.ts';

const secret = 'what services of tests sign in with';
const servers: Server[] = [];
const clients: ServiceClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A service that answers each request with this status, or never. */
async function peer(status: number | 'never'): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url} ${req.headers['x-service-secret']}`);
    if (status !== 'never') res.writeHead(status, { 'content-type': 'application/json' }).end('{"a":1}');
  });
  const port = await freePort();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen({ port, host: '127.0.0.1' }, resolve);
  await promise;
  servers.push(server);
  return { url: `http://127.0.0.1:${port}`, asked };
}

function client(...urls: string[]): { client: ServiceClient; counts: Counts } {
  const counts = new Counts();
  const made = new ServiceClient('product', { urls, secret }, counts);
  clients.push(made);
  return { client: made, counts };
}

test('signs in, and passes on any answer but a failure', async () => {
  const [found, missing] = [await peer(200), await peer(404)];
  expect(await client(found.url).client.post('/things', {})).toEqual({ status: 200, body: { a: 1 } });
  expect(await client(missing.url).client.get('/things/1')).toEqual({ status: 404, body: { a: 1 } });
  expect([...found.asked, ...missing.asked]).toEqual([
    `POST /internal/things ${secret}`,
    `GET /api/v1/things/1 ${secret}`,
  ]);
});

test('an instance that fails is passed over for the next, and left alone after five failures', async () => {
  const [failing, good] = [await peer(500), await peer(200)];
  const { client: both, counts } = client(failing.url, good.url);
  for (let n = 0; n < 20; n += 1) expect((await both.post('/things', {})).status).toBe(200);
  expect([failing.asked.length, good.asked.length, counts.serviceCalls('product', 'answered')]).toEqual([5, 20, 20]);
});

test('when nobody answers, it is a 503 that names the service, within the timeout', async () => {
  const silent = await peer('never');
  const { client: alone, counts } = client(silent.url);
  await expect(alone.post('/things', {}, 50)).rejects.toMatchObject({
    status: 503,
    message: 'the product service is away',
  });
  await expect(client('http://127.0.0.1:1').client.post('/things', {})).rejects.toMatchObject({ status: 503 });
  expect(counts.serviceCalls('product', 'failed')).toBe(1);
});
