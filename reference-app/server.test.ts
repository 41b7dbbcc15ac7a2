import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freePort } from './testing/ports.ts';
import { startPostgres } from './testing/servers.ts';
import { until } from './testing/until.ts';
import { TEST_SECRET } from './testing/shop.ts';

/** Runs a program, the server unless told otherwise, with these variables only. */
function start(env: Record<string, string>, program = './server.ts') {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = Promise.withResolvers<{ code: number | null; errors: string }>();
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.once('close', (code) => ended.resolve({ code, errors }));
  return { child, ended: ended.promise };
}

test('wrong settings end it with 2 and one line per problem', async () => {
  const { code, errors } = await start({ PORT: 'x', JWT_SECRET: 'short' }).ended;
  expect(code).toBe(2);
  expect(errors.trim().split('\n')).toHaveLength(3);
  expect(errors).toContain('shop: DATABASE_URL: is required');
});

test.for(['SIGTERM', 'SIGINT'] as const)('it serves, and %s ends it with 0', async (signal) => {
  const database = await startPostgres();
  const port = await freePort();
  const { child, ended } = start({
    PORT: String(port),
    DATABASE_URL: database.url,
    JWT_SECRET: TEST_SECRET,
    BCRYPT_COST: '4',
  });
  try {
    await until(() =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        (answer) => answer.status === 200,
        () => false,
      ),
    );
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, errors: '' });
  } finally {
    child.kill('SIGKILL');
    await database.stop();
  }
});

test('a port that is taken ends it with 3', async () => {
  const database = await startPostgres();
  try {
    const taken = new URL(database.url).port;
    const { ended } = start({ PORT: taken, DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET, BCRYPT_COST: '4' });
    expect((await ended).code).toBe(3);
  } finally {
    await database.stop();
  }
});

test.for(['./worker.ts', './third-parties.ts'])('%s with wrong settings ends with 2', async (program) => {
  const { code, errors } = await start({ PORT: 'x' }, program).ended;
  expect(code).toBe(2);
  expect(errors).toContain('shop: PORT: ');
});

test('the third parties serve, and SIGTERM ends them with 0', async () => {
  const port = await freePort();
  const { child, ended } = start({ PORT: String(port) }, './third-parties.ts');
  await until(() =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, errors: '' });
});

test('a worker answers health while its broker is away, and SIGTERM ends it with 0', async () => {
  const database = await startPostgres();
  const [port, nowhere] = [await freePort(), await freePort()];
  const { child, ended } = start(
    {
      PORT: String(port),
      WORKER: 'email',
      DATABASE_URL: database.url,
      AMQP_URLS: `amqp://127.0.0.1:${nowhere}`,
      LOG_LEVEL: 'fatal',
    },
    './worker.ts',
  );
  try {
    await until(() =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        async (answer) => answer.ok && (await answer.text()).includes('"broker":"down"'),
        () => false,
      ),
    );
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, errors: '' });
  } finally {
    child.kill('SIGKILL');
    await database.stop();
  }
});
