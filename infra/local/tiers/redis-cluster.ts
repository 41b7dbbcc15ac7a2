import { Redis } from 'ioredis';
import { z } from 'zod';
import { StackError } from '../../backend.ts';
import { until } from '../until.ts';
import type { NodePlan } from './redis-nodes.ts';
import { SLOTS } from './redis-nodes.ts';
import type { Answer } from './tier-driver.ts';

/** Masters wait two seconds before they answer for their slots; agreement takes a few rounds of gossip. */
const FORMED_MS = 20_000;
const COMMAND_MS = 1_000;
/**
 * Nodes tell each other what they are when half of their timeout has passed since they last spoke, and else by chance. While
 * they get to know each other it is short; at the default of 5 s they take up to 2 s longer to agree.
 */
const FORMING_TIMEOUT_MS = 1_000;

/** Slot ranges with the ports that serve them, the master's first: one entry of `CLUSTER SLOTS`. */
const slotsShape = z.array(
  z.tuple([z.number(), z.number()]).rest(z.tuple([z.string(), z.number(), z.string()]).rest(z.unknown())),
);

interface Forming {
  readonly password: string;
  readonly node_timeout_ms: number;
  readonly signal: AbortSignal;
}

/**
 * Makes a cluster of empty nodes, over the protocol: slots to the masters, everybody meets everybody (gossip alone takes
 * seconds), replicas to their masters. `node_timeout_ms` is when a node counts as gone from then on. Resolves when every node says that the cluster is well, all agree on who serves
 * which slots, and all replicas have copied their masters. Rejects with a `StackError` when that takes too long.
 */
export async function formCluster(
  nodes: readonly NodePlan[],
  ports: readonly number[],
  { password, node_timeout_ms, signal }: Forming,
): Promise<void> {
  const clients = ports.map((port) => nodeClient(port, password));
  try {
    const time = (ms: number): Promise<unknown> =>
      Promise.all(clients.map((client) => client.config('SET', 'cluster-node-timeout', ms)));
    await time(Math.min(FORMING_TIMEOUT_MS, node_timeout_ms));
    const ids = await Promise.all(clients.map((client) => text(client, 'MYID')));
    await Promise.all(clients.map((client, index) => introduce(client, index, nodes[index], ports)));
    const wait = (what: string, check: () => Promise<void>): Promise<void> =>
      until(what, check, { deadline_ms: FORMED_MS, signal });
    await wait('the nodes of the Redis Cluster know each other', () => assertAcquainted(clients));
    await Promise.all(clients.map((client, index) => follow(client, nodes[index], ids)));
    await wait('the nodes of the Redis Cluster agree', () => assertAgreed(clients));
    await time(node_timeout_ms);
  } finally {
    for (const client of clients) client.disconnect();
  }
}

/** Asks one node whether it and its cluster are well. */
export async function askClusterNode(port: number, password: string): Promise<Answer> {
  const client = nodeClient(port, password);
  try {
    const replication = fields(await client.info('replication'));
    const role = replication.get('role') === 'master' ? 'master' : 'replica';
    await assertWell(client);
    const slots = fields(await text(client, 'INFO')).get('cluster_slots_ok');
    return { role, detail: `${role}, ${slots} of ${SLOTS} slots well` };
  } finally {
    client.disconnect();
  }
}

/** The configuration epochs have to differ from the beginning, or the nodes spend seconds on settling it. */
async function introduce(client: Redis, index: number, plan: NodePlan | undefined, ports: readonly number[]) {
  await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
  if (plan?.role === 'master') await client.call('CLUSTER', 'ADDSLOTSRANGE', plan.first_slot, plan.last_slot);
  const others = ports.filter((_, other) => other !== index);
  for (const port of others) await client.call('CLUSTER', 'MEET', '127.0.0.1', port, port + 1);
}

async function follow(client: Redis, plan: NodePlan | undefined, ids: readonly string[]): Promise<void> {
  if (plan?.role === 'replica') await client.call('CLUSTER', 'REPLICATE', ids[plan.master - 1] ?? '');
}

async function assertAcquainted(clients: readonly Redis[]): Promise<void> {
  for (const client of clients) {
    const lines = (await text(client, 'NODES')).trim().split('\n');
    const known = lines.filter((line) => line.includes('connected') && !line.includes('handshake'));
    if (known.length !== clients.length) throw new Error(`a node knows ${known.length} of ${clients.length}`);
  }
}

async function assertAgreed(clients: readonly Redis[]): Promise<void> {
  const views = new Set<string>();
  for (const client of clients) {
    await assertWell(client);
    views.add(await slotsSeenBy(client));
  }
  const [view = '', ...others] = views;
  if (others.length > 0) throw new Error('the nodes disagree on who serves which slots');
  const served = new Set(view.match(/:\d+/g)).size;
  if (served !== clients.length) throw new Error(`${served} of ${clients.length} nodes serve slots`);
}

async function assertWell(client: Redis): Promise<void> {
  const state = fields(await text(client, 'INFO')).get('cluster_state');
  if (state !== 'ok') throw new StackError(`the node says that the state of the Redis Cluster is \`${state}\``);
  const replication = fields(await client.info('replication'));
  if (replication.get('role') === 'slave' && replication.get('master_link_status') !== 'up') {
    throw new StackError('a replica is not connected with its master');
  }
}

/** E.g. `0-5460:24010:24016 5461-…`: master's port first, replicas in order. The same for all when they agree. */
async function slotsSeenBy(client: Redis): Promise<string> {
  const ranges = slotsShape.parse(await client.call('CLUSTER', 'SLOTS'));
  const described = ranges.map(([first, last, master, ...replicas]) => {
    const ports = [master?.[1], ...replicas.map(([, port]) => port).toSorted((a, b) => a - b)];
    return `${String(first).padStart(5, '0')}-${last}${ports.map((port) => `:${port}`).join('')}`;
  });
  return described.toSorted().join(' ');
}

function nodeClient(port: number, password: string): Redis {
  const client = new Redis({
    port,
    host: '127.0.0.1',
    password,
    connectTimeout: COMMAND_MS,
    commandTimeout: COMMAND_MS,
    retryStrategy: () => null,
    enableReadyCheck: false,
  });
  // Without a listener a lost connection would end this process; the command that fails by it says so, too.
  client.on('error', () => undefined);
  return client;
}

async function text(client: Redis, command: string): Promise<string> {
  return String(await client.call('CLUSTER', command));
}

/** `key:value` lines, as INFO answers. */
function fields(info: string): ReadonlyMap<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)]] : [];
    }),
  );
}
