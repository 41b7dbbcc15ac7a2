import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { closedLoop } from './closed-loop.ts';
import { databaseServers } from './databases/servers.ts';
import { WriteLoad } from './databases/write-load.ts';
import { addressesOf } from './own-writes/addresses.ts';
import type { OwnWrites } from './own-writes/own-writes.ts';
import { shortUrlsOf } from './own-writes/short-urls.ts';

/** What the application shows those who read at once what they have just written. */
const OWN_WRITES: Readonly<Record<string, (site: ProbeSite) => Promise<OwnWrites>>> = {
  shop: addressesOf,
  'url-shortener': shortUrlsOf,
};

/** Whether people see their own writes. */
export const readAfterWrite: Probe = {
  name: 'read-after-write',
  title: 'whether the application shows people their own writes when they look at once',
  classes: ['write.own', 'read.own', 'database.write'],
  counters: ['reads.fresh', 'reads.stale'],
  parameters: {
    people: { kind: 'count', otherwise: 4, about: 'who write and look, each one time after the other' },
    writers: { kind: 'count', otherwise: 0, about: 'connections that write to every primary meanwhile' },
  },
  run: look,
};

async function look(site: ProbeSite): Promise<Findings> {
  const { parameters, recorder, signal, topology } = site;
  const open = OWN_WRITES[topology.application ?? ''];
  if (!open)
    throw new RunError(`it is not known what people of application \`${topology.application}\` write and read`);
  const own = await open(site);
  const writers = Number(parameters['writers']);
  const primaries = (await databaseServers(site)).filter(({ replica }) => !replica);
  const writes = writers === 0 ? undefined : await WriteLoad.open(recorder, primaries, writers);
  const reads = { 'reads.fresh': 0, 'reads.stale': 0 };
  try {
    const once = async (person: number): Promise<void> => {
      const written = await recorder.time('write.own', () => own.write(person));
      const fresh = await recorder.time('read.own', () => own.sees(person, written));
      reads[fresh ? 'reads.fresh' : 'reads.stale'] += 1;
      await own.remove(person, written);
    };
    await Promise.all([closedLoop(Number(parameters['people']), signal, once), writes?.run(signal)]);
    return { counters: reads };
  } finally {
    await writes?.close();
  }
}
