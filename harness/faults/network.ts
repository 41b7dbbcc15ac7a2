import { connect } from 'node:net';
import { z } from 'zod';
import { linkId, linkIdBetween } from '../../infra/local/port-plan.ts';
import type { StackProcess } from '../../infra/backend.ts';
import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import type { TierKind } from '../../model/topology/topology.ts';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { put } from './healer/remedy.ts';
import { linkOf } from './links-of.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';
import { tierOf } from './targets.ts';

const conditionsShape = z.object({
  delay_ms: z.number(),
  bandwidth_bytes_per_s: z.number().nullable(),
  black_hole: z.boolean(),
});
type Conditions = z.infer<typeof conditionsShape>;

/** Anything that a server answers at once, before it knows who asks. */
const GREETINGS: Readonly<Partial<Record<TierKind, string>>> = {
  // SSLRequest (PostgreSQL, message formats): length 8, code 80877103.
  postgres: '\x00\x00\x00\x08\x04\xd2\x16\x2f',
  redis: 'PING\r\n',
  rabbitmq: 'AMQP\x00\x00\x09\x01',
};
const HTTP = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
/** Beyond what the link itself adds. */
const SILENCE_MS = 400;
const ADMIN_MS = 2_000;

/** The network between a tier and what it calls: slower, narrower, or swallowing everything. */
export const network: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const link = linkProcess(fault, site);
  const control = `http://127.0.0.1:${link.port + 1}/`;
  const before = await conditionsAt(control);
  const wanted = conditionsFor(fault, before);
  const greeting = GREETINGS[tierOf(fault.tier, site.topology).kind] ?? HTTP;
  return {
    targets: [`${fault.from} -> ${fault.tier}`],
    shaken: [],
    remedies: [{ kind: 'put', url: control, body: JSON.stringify(before) }],
    inject: () => put(control, JSON.stringify(wanted)),
    effect: async () => {
      if (fault.kind === 'bandwidth') return `the link carries ${wanted.bandwidth_bytes_per_s} B/s at most`;
      const expected_ms = 2 * wanted.delay_ms;
      const took_ms = await firstByte_ms(link.port, greeting, expected_ms + SILENCE_MS);
      const said = took_ms === null ? 'no byte comes back' : `the first byte is back after ${Math.round(took_ms)} ms`;
      const isHit = fault.kind === 'partition' ? took_ms === null : took_ms === null || took_ms >= expected_ms;
      if (!isHit) throw new Error(said);
      return said;
    },
    whole: async () => {
      const now = await conditionsAt(control);
      if (JSON.stringify(now) !== JSON.stringify(before)) throw new Error('the link is not as before');
    },
  };
};

function linkProcess(fault: ScenarioFault, { backend, stack }: Site): StackProcess {
  const link = linkOf(fault);
  const ids = link ? [linkIdBetween(link), linkId(link.from)] : [];
  const found = backend.processes(stack.name).find(({ id }) => ids.includes(id));
  if (found) return found;
  throw new RunError(
    `no link lies between \`${fault.from}\` and \`${fault.tier}\``,
    `start the stack for this scenario: \`shop-plan up --for\``,
  );
}

function conditionsFor({ kind, factor }: ScenarioFault, before: Conditions): Conditions {
  if (kind === 'partition') return { ...before, black_hole: true };
  if (kind === 'bandwidth') return { ...before, bandwidth_bytes_per_s: Math.round(factor) };
  return { ...before, delay_ms: before.delay_ms + factor * 1_000 };
}

async function conditionsAt(control: string): Promise<Conditions> {
  const response = await fetch(control, { signal: AbortSignal.timeout(ADMIN_MS) });
  return conditionsShape.parse(await response.json());
}

/** How long a server takes to say anything; null when it says nothing for so long. */
function firstByte_ms(port: number, greeting: string, patience_ms: number): Promise<number | null> {
  return new Promise((resolve) => {
    const began_ms = performance.now();
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(Buffer.from(greeting, 'latin1')));
    const end = (took_ms: number | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(took_ms);
    };
    const timer = setTimeout(() => end(null), patience_ms);
    socket.once('data', () => end(performance.now() - began_ms));
    // A connection that breaks says nothing either.
    socket.on('error', () => end(null));
  });
}
