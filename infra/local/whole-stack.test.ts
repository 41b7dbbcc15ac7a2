import { afterAll, expect, test } from 'vitest';
import { createLocalBackend } from './local-backend.ts';
import { isListening } from './ports.ts';
import { killStarterAfter } from './testing/kill-starter.ts';
import { locksOf, processesOf, removeHome, testConfig, wholeTopology } from './testing/test-home.ts';

const config = testConfig({ first: 27_600, end: 27_760 });
const backend = createLocalBackend(config);
const options = { name: 'victim', seed: 1, products: 1, users: 1 };
const START_MS = 12_000;
const KILLS = 5;

afterAll(async () => {
  await backend.down('victim');
  removeHome(config);
});

test(
  'a starter killed at any moment leaves nothing that `down` does not clean up, and nothing that keeps the next from starting',
  { timeout: 240_000 },
  async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const kill_after_ms = ((kill + Math.random()) / KILLS) * START_MS;
      await killStarterAfter(kill_after_ms, 'whole', config);
      const { left } = await backend.down('victim');
      const after = { processes: processesOf(config.home), locks: locksOf(config.home), left };
      expect({ kill_after_ms, ...after }).toEqual({ kill_after_ms, processes: [], locks: [], left: [] });
    }
    const stack = await backend.up(wholeTopology(), options);
    expect((await fetch(`${stack.base_url}/health`)).status).toBe(200);
  },
);

test('every process is well, and workers are told where everything is', async () => {
  const status = await backend.status('victim');
  expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  const worker = status?.stack.processes.find(({ id }) => id === 'email-workers-2');
  expect(await (await fetch(`http://127.0.0.1:${worker?.port}/environment`)).json()).toMatchObject({
    WORKER: 'email',
    INSTANCE_ID: 'email-workers-2',
    DATABASE_URL: backend.connections('victim')?.databases['db']?.write,
    REDIS_URL: Object.values(backend.connections('victim')?.redis ?? {}).join(','),
    AMQP_URLS: backend.connections('victim')?.rabbitmq['broker-1'],
    THIRD_PARTY_URL: `http://127.0.0.1:${status?.stack.processes.find(({ id }) => id === 'mailer-1')?.port}`,
  });
});

test('down leaves nothing', async () => {
  const processes = (await backend.status('victim'))?.stack.processes ?? [];
  expect((await backend.down('victim')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
  expect(await Promise.all(processes.map(({ port }) => isListening(port)))).not.toContain(true);
});
