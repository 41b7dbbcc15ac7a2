import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownedFolder, unprivilegedOwner } from './owner.ts';
import { freePort } from './ports.ts';
import { ServerProcess } from './server-process.ts';
import { findProgram, openTo, type TestServer } from './servers.ts';

const LIBRARY = '/usr/lib/rabbitmq/lib';
const START_MS = 60_000;

/**
 * A RabbitMQ of its own with its own port mapper, on free ports. The package's wrapper would insist on its own user and
 * folders, so the script below it is run.
 */
export async function startRabbitmq(): Promise<TestServer> {
  const owner = unprivilegedOwner();
  const folder = await ownedFolder('shop-mq-', owner);
  const [port, epmdPort, distPort] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'rabbitmq.conf');
  await writeFile(config, `listeners.tcp.default = 127.0.0.1:${port}\nlog.console = true\nlog.file = false\n`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Where the port mapper below is gone, Erlang would start one that belongs to nobody and stays.
    ERL_FLAGS: '-start_epmd false',
    RABBITMQ_NODENAME: `shop-test-${port}@localhost`,
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none',
  };
  const mapper = new ServerProcess({
    command: findProgram('epmd', []),
    args: ['-port', String(epmdPort), '-address', '127.0.0.1'],
    owner,
    folder: await ownedFolder('shop-epmd-', owner),
    ready: () => openTo(epmdPort),
    killSignal: 'SIGKILL',
  });
  await mapper.startOrClean();
  const broker = new ServerProcess({
    command: serverScript(),
    args: [],
    owner,
    folder,
    ready: () => openTo(port),
    killSignal: 'SIGKILL',
    stopSignal: 'SIGTERM',
    env,
    group: true,
    ready_ms: START_MS,
  });
  try {
    await broker.startOrClean();
  } catch (error) {
    await mapper.stop();
    throw error;
  }
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    kill: () => broker.kill(),
    freeze: () => broker.freeze(),
    thaw: () => broker.thaw(),
    start: () => broker.start(),
    stop: async () => {
      await broker.stop();
      await mapper.stop();
    },
  };
}

function serverScript(): string {
  const version = readdirSync(LIBRARY).find((name) => name.startsWith('rabbitmq_server-'));
  if (version === undefined) throw new Error(`RabbitMQ is not installed; looked in ${LIBRARY}`);
  return join(LIBRARY, version, 'sbin', 'rabbitmq-server');
}
