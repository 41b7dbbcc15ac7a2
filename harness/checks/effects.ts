import { uptime } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { CLOCK_TICKS_PER_S } from '../../infra/local/proc.ts';
import { compareEffects } from '../../model/consistency/compare-effects.ts';
import type { Effect, EffectFindings } from '../../model/consistency/compare-effects.ts';
import type { ObservedEvent } from '../../model/observation/observation.ts';
import { scenarioDuration_s } from '../../model/scenario/scenario.ts';
import type { Check, Findings, Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { readEffects } from './effects/read-effects.ts';
import { thirdPartyEffects } from './effects/third-parties.ts';
import { FAILOVER_MS, onPrimary, primariesOf } from './primary.ts';

/** What failed is tried again after 5, 25 and 125 s. */
const DRAIN_MS = 160_000;
const AGAIN_MS = 1_000;
const NAMED_MAX = 5;

/** Holds what followed from orders against what was to follow, once each. */
export const effects: Check = {
  name: 'effects',
  title: 'whether each effect of an order happened exactly once',
  classes: [],
  counters: ['effects.expected', 'effects.missing', 'effects.duplicated', 'effects.waiting'],
  async run(site, signal) {
    try {
      return findingsOf(site, await drained(site, signal));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { incompleteBecause: `the effects of orders could not be read: ${why}` };
    }
  },
};

interface Drained extends EffectFindings {
  readonly waiting: number;
}

/** Reads until nothing waits, nothing is missing, and a second look finds the same, or they have had their time. */
async function drained(site: Site, signal: AbortSignal): Promise<Drained> {
  const end_ms = performance.now() + DRAIN_MS;
  for (let before = ''; ;) {
    const { effects: read, waiting } = await readAll(site, signal);
    const found = { ...compareEffects(read), waiting };
    const now = JSON.stringify(found);
    const settled = waiting === 0 && found.missing_count === 0 && now === before;
    if (settled || signal.aborted || performance.now() > end_ms) return found;
    before = now;
    await delay(AGAIN_MS, undefined, { signal });
  }
}

async function readAll(site: Site, signal: AbortSignal): Promise<{ effects: Effect[]; waiting: number }> {
  const workers = workersOf(site);
  const patience = { deadline_ms: FAILOVER_MS, signal };
  const parts = await Promise.all(
    Object.entries(primariesOf(site)).map(([name, url]) =>
      onPrimary(name, url, patience, (primary) => readEffects(primary, startedAt_s(site), workers)),
    ),
  );
  const part = parts.find((each) => each !== null);
  if (!part) throw new RunError('no database of this stack has events of orders', 'leave out the check `effects`');
  const asked = Object.entries(part.asked).filter(([what]) => workers.has(what.split('/')[0] ?? ''));
  const outside = await thirdPartyEffects(site.stack, Object.fromEntries(asked));
  return { effects: [...part.effects, ...outside], waiting: part.waiting };
}

/** What workers do is the beginning of their tier's name: `email-workers`. */
function workersOf({ topology }: Site): Set<string> {
  const tiers = topology.tiers.filter(({ kind }) => kind === 'worker');
  return new Set(tiers.map(({ id }) => id.split('-')[0] ?? ''));
}

/** Orders before that were another stack's, which may have had no workers. In s since the epoch. */
function startedAt_s({ stack }: Site): number {
  const first_ticks = Math.min(...stack.processes.map(({ start_ticks }) => start_ticks));
  return Date.now() / 1000 - uptime() + first_ticks / CLOCK_TICKS_PER_S;
}

function findingsOf({ scenario }: Site, found: Drained): Findings {
  const at_s = scenarioDuration_s(scenario);
  const told = (kind: string, odd: readonly Effect[]): ObservedEvent[] =>
    odd.slice(0, NAMED_MAX).map((effect) => ({ at_s, kind, detail: textOf(effect) }));
  return {
    counters: {
      'effects.expected': found.expected,
      'effects.missing': found.missing_count,
      'effects.duplicated': found.duplicated_count,
      'effects.waiting': found.waiting,
    },
    events: [...told('effect-missing', found.missing), ...told('effect-duplicated', found.duplicated)],
  };
}

function textOf({ what, of, expected, found }: Effect): string {
  return `${what} of ${of}: ${found} of ${expected}`;
}
