import { nearest } from '../document/nearest.ts';
import { metricClasses } from '../judge/criterion.ts';
import type { Metric } from '../judge/criterion.ts';
import type { Plan } from '../plan/plan.ts';
import { isInstrumentClass } from './instrument.ts';
import type { Instrument, Instruments } from './instrument.ts';
import type { Scenario } from './scenario.ts';

/**
 * What the counters of the application and of nginx begin with; `database.queries` is `shop_database_queries_total`. Which ones there are of a
 * kind differs from release to release, and is not held against anything here.
 */
export const SERVER_COUNTERS = [
  'cache',
  'code',
  'database',
  'effects',
  'events',
  'http',
  'nginx',
  'orders',
  'requests',
  'rows',
  'service',
  'stale',
  'urls',
];

/** A request class or counter that nothing in a scenario makes. */
export interface Unmade {
  readonly name: string;
  /** Lower case, no full stop. */
  readonly message: string;
  readonly help: string;
}

/** Request classes with a dot, and counters, that a metric names and nothing in the scenario makes. */
export function unmadeMeasures(
  metric: Metric,
  scenario: Pick<Scenario, 'phases' | 'watches' | 'checks' | 'journeys'>,
  { plan, instruments }: { readonly plan: Plan; readonly instruments: Instruments },
): Unmade[] {
  const named = namedInstruments(scenario, instruments);
  const classes = [...named.flatMap((each) => each.classes), ...scenario.journeys.map(({ name }) => `journey.${name}`)];
  const counters = named.flatMap((each) => each.counters);
  const beginnings = new Set([...SERVER_COUNTERS, ...tiersAndMessages(plan)]);
  const unmade = (name: string, what: string, known: readonly string[]): Unmade => {
    return {
      name,
      message: `nothing in this scenario makes ${what} \`${name}\``,
      help: helpFor(name, known, instruments),
    };
  };
  return [
    ...metricClasses(metric)
      .filter((name) => isInstrumentClass(name) && !classes.includes(name))
      .map((name) => unmade(name, 'requests of class', classes)),
    ...countersOf(metric)
      .filter((name) => !counters.includes(name) && !beginnings.has(name.split('.')[0] ?? ''))
      .map((name) => unmade(name, 'a counter', counters)),
  ];
}

function namedInstruments(
  { phases, watches, checks }: Pick<Scenario, 'phases' | 'watches' | 'checks'>,
  instruments: Instruments,
): Instrument[] {
  return [
    ...phases.flatMap(({ probe }) => instruments.probes.get(probe?.name ?? '') ?? []),
    ...watches.flatMap((name) => instruments.watches.get(name) ?? []),
    ...checks.flatMap((name) => instruments.checks.get(name) ?? []),
  ];
}

function countersOf(metric: Metric): string[] {
  if (metric.kind === 'ratio') return [metric.part, metric.rest];
  return metric.kind === 'counter' || metric.kind === 'per_request' ? [metric.counter] : [];
}

/** What the simulator's counters begin with. */
function tiersAndMessages({ steps }: Plan): string[] {
  return steps.flatMap(({ tiers, routes }) => [...tiers.map(({ id }) => id), ...routes.keys()]);
}

/** The instrument that makes it, if there is one; else the nearest of what there is. */
function helpFor(name: string, known: readonly string[], { probes, watches, checks }: Instruments): string {
  const makes = (each: Instrument): boolean => each.classes.includes(name) || each.counters.includes(name);
  const probe = [...probes.values()].find(makes);
  const watch = [...watches.values()].find(makes);
  const check = [...checks.values()].find(makes);
  if (watch) return `add \`watch: [${watch.name}]\``;
  if (check) return `add \`checks: [${check.name}]\``;
  if (probe) return `give it a phase with \`probe: ${probe.name}\``;
  const near = nearest(name, known);
  return near ? `did you mean \`${near}\`?` : `there are ${known.join(', ') || 'none'} of its own`;
}
