import { duration_s } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import type { Counters } from './simulation.ts';

const RARE = /\.(?:writes_lost|dead)$/;
const AGE = /\.age_s$/;

/** What was counted in the judged phases, as a mean over the replications; ages as that of a message that was delivered. */
export function countersOf(observations: readonly Observation[]): Counters {
  const judged = observations.flatMap(({ phases }) => phases.filter((phase) => phase.judged));
  const seconds = duration_s(judged);
  const sums: Record<string, number> = {};
  for (const { counters } of judged) {
    for (const [name, count] of Object.entries(counters)) sums[name] = (sums[name] ?? 0) + count;
  }
  const counted = Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const each = (wanted: (name: string) => boolean, over: number): Record<string, number> =>
    Object.fromEntries(counted.flatMap(([name, sum]) => (wanted(name) ? [[name, over > 0 ? sum / over : 0]] : [])));
  return {
    per_s: each((name) => !RARE.test(name) && !AGE.test(name), seconds),
    per_replication: each((name) => RARE.test(name), observations.length),
    mean_age_s: meanAges_s(counted, sums),
  };
}

function meanAges_s(counted: readonly (readonly [string, number])[], sums: Readonly<Record<string, number>>) {
  const ages = counted.flatMap(([name, sum]): [string, number][] => {
    if (!AGE.test(name)) return [];
    const message = name.replace(AGE, '');
    const delivered = sums[`${message}.delivered`] ?? 0;
    return delivered > 0 ? [[message, sum / delivered]] : [];
  });
  return Object.fromEntries(ages);
}
