import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { closedLoop } from './closed-loop.ts';
import { applicationRead } from './databases/application-read.ts';
import { TARGETS, openPool, serversOf } from './databases/servers.ts';
import { WriteLoad } from './databases/write-load.ts';

/** How many queries of the application's own kind PostgreSQL answers at most, asked past the application. */
export const databaseReads: Probe = {
  name: 'database-reads',
  title: 'queries a second that PostgreSQL answers at most: reads of one row by its key, as the application sends them',
  classes: ['database.read', 'database.write'],
  counters: ['database.servers'],
  parameters: {
    target: { kind: 'word', among: TARGETS, otherwise: 'primary', about: 'which servers are read from' },
    connections: {
      kind: 'count',
      otherwise: 3,
      about: 'to each server; each sends a query when the last one is answered',
    },
    writers: { kind: 'count', otherwise: 0, about: 'connections that write to every primary meanwhile' },
  },
  run: read,
};

async function read(site: ProbeSite): Promise<Findings> {
  const { parameters, recorder, signal } = site;
  const connections = Number(parameters['connections']);
  const writers = Number(parameters['writers']);
  const servers = await serversOf(site, String(parameters['target']));
  const pools = await Promise.all(servers.map((server) => openPool(server, connections)));
  const writes =
    writers === 0 ? undefined : await WriteLoad.open(recorder, await serversOf(site, 'all-primaries'), writers);
  try {
    const reads = await Promise.all(pools.map((pool) => applicationRead(site, pool)));
    const loops = reads.map((one) => closedLoop(connections, signal, () => recorder.time('database.read', one)));
    await Promise.all([...loops, writes?.run(signal)]);
    return { counters: { 'database.servers': servers.length } };
  } finally {
    await writes?.close();
    await Promise.all(pools.map((pool) => pool.end()));
  }
}
