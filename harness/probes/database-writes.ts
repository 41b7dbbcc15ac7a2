import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { serversOf } from './databases/servers.ts';
import { WriteLoad } from './databases/write-load.ts';

/** How many single rows PostgreSQL writes at most, each durable before it is acknowledged. */
export const databaseWrites: Probe = {
  name: 'database-writes',
  title: 'writes a second that PostgreSQL acknowledges at most: upserts of one row, each durable',
  classes: ['database.write'],
  counters: ['database.servers'],
  parameters: {
    target: {
      kind: 'word',
      among: ['primary', 'all-primaries'],
      otherwise: 'primary',
      about: 'which servers are written to',
    },
    connections: {
      kind: 'count',
      otherwise: 8,
      about: 'to each server; each sends a write when the last one is acknowledged',
    },
  },
  run: write,
};

async function write(site: ProbeSite): Promise<Findings> {
  const { parameters, recorder, signal } = site;
  const servers = await serversOf(site, String(parameters['target']));
  const load = await WriteLoad.open(recorder, servers, Number(parameters['connections']));
  try {
    await load.run(signal);
    return { counters: { 'database.servers': servers.length } };
  } finally {
    await load.close();
  }
}
