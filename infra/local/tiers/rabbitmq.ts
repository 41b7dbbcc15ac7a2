import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import type { Account } from '../account.ts';
import { askBroker } from '../amqp.ts';
import { launch } from '../launch.ts';
import type { Launched } from '../launch.ts';
import { epmdId, processId } from '../port-plan.ts';
import { isListening } from '../ports.ts';
import { untilReady } from '../readiness.ts';
import { environmentOf, portAt, portOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { assertBrokerNodes, BROKER_USER, brokerEnvironment, nodeName, rabbitmqConf } from './rabbitmq-conf.ts';
import type { TierDriver } from './tier-driver.ts';

const EPMD_READY_MS = 5_000;
/** Five seconds on an idle machine; nodes of a cluster wait for each other. */
const READY_MS = 60_000;

/** RabbitMQ without plugins: one node, or three as a cluster, and Erlang's port mapper, on a port of its own. */
export const rabbitmq: TierDriver = {
  programs: () => ['rabbitmq-server', 'erl', 'epmd'],

  validate: assertBrokerNodes,

  async start(tier, site) {
    const account = accountFor(['nobody']);
    await startEpmd(tier, account, site);
    const fresh = discardIncomplete(tier, site);
    const [first = 1, ...others] = Array.from({ length: tier.instances }, (_, index) => index + 1);
    const start = (instance: number): Promise<void> => startNode(tier, instance, account, site);
    // The first one is there to be joined; once all have data, each waits for the others.
    if (fresh) {
      await start(first);
      await Promise.all(others.map(start));
    } else {
      await Promise.all([first, ...others].map(start));
    }
    await assertOneCluster(tier, site);
    writeFileSync(completeMark(tier, site), '');
  },

  async ask({ role, port }, { secrets }) {
    if (role === 'epmd') await assertListening(port);
    else await askBroker(port, BROKER_USER, secrets.rabbitmq);
    return {};
  },
};

async function startEpmd(tier: Tier, account: Account, site: Site): Promise<void> {
  const id = epmdId(tier.id);
  const port = portAt(site, id);
  const folder = join(site.paths.run, id);
  own(folder, account);
  const launched = await launch(
    {
      id,
      tier: tier.id,
      role: 'epmd',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'epmd'),
      args: ['-port', String(port), '-address', '127.0.0.1'],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => assertListening(port), EPMD_READY_MS, site.signal);
}

async function assertListening(port: number): Promise<void> {
  if (!(await isListening(port))) throw new Error(`nothing listens on port ${port}`);
}

/** Removes what an interrupted first start has left, and tells whether there is nothing. */
function discardIncomplete(tier: Tier, site: Site): boolean {
  if (existsSync(completeMark(tier, site))) return false;
  for (let instance = 1; instance <= tier.instances; instance += 1) {
    rmSync(join(site.paths.data, processId(tier.id, instance)), { recursive: true, force: true });
  }
  return true;
}

/** Exists when all nodes have been one cluster; the number of nodes is part of what a cluster is. */
function completeMark(tier: Tier, site: Site): string {
  return join(site.paths.data, processId(tier.id, 1), `complete-${tier.instances}`);
}

function launchNode(tier: Tier, instance: number, account: Account, site: Site): Promise<Launched> {
  const id = processId(tier.id, instance);
  const port = portOf(site, tier.id, instance);
  const data = join(site.paths.data, id);
  const folder = join(site.paths.run, id);
  own(data, account);
  own(folder, account);
  assertReachable(folder, account);
  writeFiles(tier, instance, folder, account, site);
  return launch(
    {
      id,
      tier: tier.id,
      role: 'rabbitmq',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'rabbitmq-server'),
      args: [],
      env: {
        ...environmentOf(site, folder),
        ...brokerEnvironment({
          node: nodeName(tier, instance),
          folder,
          data,
          epmd_port: portAt(site, epmdId(tier.id)),
          peer_port: port + 1,
        }),
      },
      log: join(site.paths.logs, `${id}.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 5_000 }],
      // The port mapper goes after them.
      ends_with: `${tier.id} nodes`,
    },
    site.book,
    site.signal,
  );
}

/** Erlang reads the cookie from the home folder and wants it to be its owner's alone. */
function writeFiles(tier: Tier, instance: number, folder: string, account: Account, site: Site): void {
  const files = {
    'rabbitmq.conf': rabbitmqConf(tier, instance, portOf(site, tier.id, instance), site.secrets.rabbitmq),
    environment: '',
    plugins: '[].\n',
    '.erlang.cookie': site.secrets.erlang_cookie,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: name === '.erlang.cookie' ? 0o400 : 0o600 });
    if (account.drop) chownSync(file, account.uid, account.gid);
  }
}

async function startNode(tier: Tier, instance: number, account: Account, site: Site): Promise<void> {
  const launched = await launchNode(tier, instance, account, site);
  const ask = async (): Promise<void> => {
    await askBroker(launched.entry.port, BROKER_USER, site.secrets.rabbitmq);
  };
  await untilReady(launched, ask, READY_MS, site.signal);
}

async function assertOneCluster(tier: Tier, site: Site): Promise<void> {
  const ports = Array.from({ length: tier.instances }, (_, index) => portOf(site, tier.id, index + 1));
  const greetings = await Promise.all(ports.map((port) => askBroker(port, BROKER_USER, site.secrets.rabbitmq)));
  const names = new Set(greetings.map(({ cluster }) => cluster));
  if (names.size === 1) return;
  throw new StackError(
    `the nodes of \`${tier.id}\` are ${names.size} clusters instead of one: ${[...names].join(', ')}`,
    'their data do not belong together; make them anew: `shop-plan down --purge`',
  );
}
