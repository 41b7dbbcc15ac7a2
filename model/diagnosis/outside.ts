import { EVENT_LOOP_BUSY_MAX, sendLagLimit_us } from '../judge/generator-health.ts';
import type { Case, Evidence } from './evidence.ts';
import { inNumber, inPercent, inTime } from './in-words.ts';
import { GENERATOR, MACHINE } from './suspect.ts';
import { workOf } from './work.ts';

const GENERATOR_STARVED = 0.95;
const OTHERS_AT_WORK = 0.8;
/** Everything was busy, which whoever has too much work brings about: any tier that stands out says more. */
const ALL_IN_USE = 0.3;
/** Share of the machine's cores from which on it is full, and below which a late generator was kept from its work by others. */
const FULL = 0.95;
const IDLE = 0.7;

/** What no tier is to blame for: a generator without time, others on the machine, a machine that is too small for all of it. */
export function outside({ observation }: Case): Evidence[] {
  const { generator, what, phases } = observation;
  if (what.executor === 'simulator') return [];
  const paced = phases.some(({ target_rate_per_s }) => target_rate_per_s > 0);
  if (paced && generator.event_loop_utilisation >= EVENT_LOOP_BUSY_MAX) {
    const because = `its event loop was busy ${inPercent(generator.event_loop_utilisation)} of the time`;
    return [{ tier: GENERATOR, weight: GENERATOR_STARVED, because }];
  }
  const cores = Number(what.environment['cores'] ?? Number.NaN);
  const used = ownCores(observation);
  if (!(cores > 0) || used === null) return [];
  const { p99 } = generator.send_lag_us;
  const own = `${inNumber(used)} of its ${inNumber(cores)} cores`;
  if (paced && p99 > sendLagLimit_us(observation) && used < IDLE * cores) {
    const because = `1 % of the requests left ${inTime(p99 / 1e6)} late or later while stack and generator used ${own}: something else was at work`;
    return [{ tier: MACHINE, weight: OTHERS_AT_WORK, because }];
  }
  if (used < FULL * cores) return [];
  return [{ tier: MACHINE, weight: ALL_IN_USE, because: `stack and generator used ${own}` }];
}

/** Cores that tiers and generator used together. */
function ownCores(observation: Case['observation']): number | null {
  const work = workOf(observation);
  if (!work || work.cpu_s.size === 0) return null;
  const seconds = work.phases.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
  const each = [...work.cpu_s.values()].reduce((sum, cpu_s) => sum + cpu_s, 0);
  return (each * work.sent) / seconds + observation.generator.cpu_cores;
}
