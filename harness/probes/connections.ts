import { setTimeout as wait } from 'node:timers/promises';
import { openFilesMax } from '../../infra/local/open-files.ts';
import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { HeldConnection } from './connections/held-connection.ts';
import { hold } from './connections/hold.ts';
import { Holders } from './connections/holders.ts';

const PATH = '/health';
/** Files that a process has open beside its connections. */
const FILES_BESIDE = 500;

/** How many clients can keep a connection open, most of which say nothing at any moment. */
export const connections: Probe = {
  name: 'connections',
  title: 'how many connections are held open at a time, and how long a request over one of them takes then',
  classes: ['connection.open', 'connection.request'],
  counters: ['connections.held', 'connections.wanted', 'connections.generators'],
  parameters: {
    to: {
      kind: 'word',
      among: ['entry', 'instance'],
      otherwise: 'entry',
      about: 'the load balancer, or the first instance behind it',
    },
    connections: { kind: 'count', otherwise: 10_000, about: 'to be held' },
    rate: { kind: 'count', otherwise: 200, about: 'requests a second over all of them together, when they are open' },
  },
  run: holdAndAsk,
};

async function holdAndAsk(site: ProbeSite): Promise<Findings> {
  const { parameters, recorder, signal } = site;
  const wanted = Number(parameters['connections']);
  const url = new URL(PATH, parameters['to'] === 'instance' ? instanceOf(site) : site.stack.base_url);
  const [own = 0, ...shares] = sharesOf(wanted, openFilesMax() - FILES_BESIDE);
  const holders = new Holders(url, shares);
  let held: HeldConnection[] = [];
  try {
    const timed = (work: () => Promise<HeldConnection>) => recorder.time('connection.open', work);
    held = await hold(url, own, signal, timed);
    const opened = (await holders.ready(signal)) && !signal.aborted;
    await ask(site, held);
    const open = held.filter((each) => each.open).length + (await holders.open());
    const counters = {
      'connections.held': open,
      'connections.wanted': wanted,
      'connections.generators': 1 + shares.length,
    };
    const incompleteBecause = 'the phase was over before all connections were open; let it last longer';
    return opened ? { counters } : { counters, incompleteBecause };
  } finally {
    for (const each of held) each.close();
    await holders.end();
  }
}

/** @throws RunError when the stack runs no application. */
function instanceOf({ stack, topology }: ProbeSite): string {
  const tiers = new Set(topology.tiers.filter(({ kind }) => kind === 'express').map(({ id }) => id));
  const process = stack.processes.find(({ tier }) => tiers.has(tier));
  if (process) return `http://127.0.0.1:${process.port}`;
  throw new RunError('the stack runs no application');
}

/** Equal shares of all connections, none more than a process may have. */
export function sharesOf(wanted: number, each_max: number): number[] {
  const processes = Math.ceil(wanted / Math.max(1, each_max));
  return Array.from(
    { length: processes },
    (_, index) => Math.floor(((index + 1) * wanted) / processes) - Math.floor((index * wanted) / processes),
  );
}

/** A trickle over one connection after the other, at its rate, until the phase is over; those of other processes stay silent. */
async function ask({ parameters, recorder, signal }: ProbeSite, held: readonly HeldConnection[]): Promise<void> {
  const between_ms = 1000 / Number(parameters['rate']);
  const asked = new Set<Promise<unknown>>();
  let due_ms = performance.now();
  for (let number = 0; !signal.aborted && held.length > 0; number += 1) {
    const one = held[number % held.length];
    const answer = askOnce(recorder, one, due_ms).finally(() => asked.delete(answer));
    asked.add(answer);
    due_ms += between_ms;
    if (due_ms > performance.now()) await wait(due_ms - performance.now());
  }
  await Promise.all(asked);
}

async function askOnce(
  recorder: ProbeSite['recorder'],
  one: HeldConnection | undefined,
  due_ms: number,
): Promise<void> {
  const begun = recorder.begin('connection.request', due_ms);
  try {
    const status = (await one?.ask()) ?? 0;
    begun.end(status === 200 ? 'ok' : 'http_error', status);
  } catch {
    begun.end('reset');
  }
}
