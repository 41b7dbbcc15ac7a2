import { Redis } from 'ioredis';
import { startRedis, type TestServer } from './servers.ts';
import { until } from './until.ts';

const MASTERS = 3;
const SLOTS = 16_384;

/** Three masters with a replica each, on free ports. */
export interface TestCluster {
  readonly urls: readonly string[];
  readonly nodes: readonly TestServer[];
  /** The node that is the master of a key's slot at this moment. */
  masterOf(key: string): Promise<TestServer>;
  stop(): Promise<void>;
}

export async function startRedisCluster(): Promise<TestCluster> {
  // The bus of a node listens 10,000 ports higher: still below the ephemeral range.
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000', '--repl-diskless-sync-delay', '0'];
  const nodes = await Promise.all(Array.from({ length: 2 * MASTERS }, () => startRedis(options)));
  const clients = nodes.map((node) => new Redis(node.url));
  try {
    await form(nodes, clients);
  } finally {
    for (const client of clients) client.disconnect();
  }
  const masterOf = async (key: string) => {
    for (const node of nodes) {
      const client = new Redis(node.url, { maxRetriesPerRequest: 0, lazyConnect: true, retryStrategy: () => null });
      client.on('error', () => undefined);
      try {
        await client.connect();
        const answer = await client.set(key, 'x', 'PX', 1, 'NX').then(
          () => true,
          () => false,
        );
        if (answer) return node;
      } catch {
        // A node that is away is not the master of anything.
      } finally {
        client.disconnect();
      }
    }
    throw new Error(`no master for ${key}`);
  };
  return {
    urls: nodes.map((node) => node.url),
    nodes,
    masterOf,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function form(nodes: readonly TestServer[], clients: readonly Redis[]): Promise<void> {
  const [first] = nodes;
  if (first === undefined) throw new Error('a cluster has nodes');
  for (const [n, client] of clients.slice(0, MASTERS).entries()) {
    const from = Math.ceil((n * SLOTS) / MASTERS);
    const to = Math.ceil(((n + 1) * SLOTS) / MASTERS) - 1;
    await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
  }
  for (const [n, client] of clients.entries()) await client.call('CLUSTER', 'SET-CONFIG-EPOCH', n + 1);
  for (const client of clients.slice(1)) await client.call('CLUSTER', 'MEET', '127.0.0.1', new URL(first.url).port);
  await until(() => every(clients, /cluster_known_nodes:6/));
  const ids = await Promise.all(clients.map((client) => client.call('CLUSTER', 'MYID')));
  for (const [n, client] of clients.slice(MASTERS).entries()) {
    await until(async () => {
      const answer = client.call('CLUSTER', 'REPLICATE', String(ids[n]));
      return await answer.then(
        () => true,
        () => false,
      );
    });
  }
  await until(() => every(clients, /cluster_state:ok[^]*cluster_known_nodes:6/), 30_000);
  // A replica that has never been in step with its master does not stand for election.
  const replicas = clients.slice(MASTERS);
  await until(async () => {
    const infos = await Promise.all(replicas.map((replica) => replica.info('replication')));
    return infos.every((info) => info.includes('master_link_status:up'));
  }, 30_000);
}

async function every(clients: readonly Redis[], wanted: RegExp): Promise<boolean> {
  const infos = await Promise.all(clients.map((client) => client.call('CLUSTER', 'INFO')));
  return infos.every((info) => wanted.test(String(info)));
}
