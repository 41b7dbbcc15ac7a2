import type { ServiceRule, Shape } from '../../plan/behaviour.ts';
import { RATE_TOLERANCE } from '../../plan/check-service.ts';
import type { Evaluator } from '../../plan/compute.ts';
import type { PlannedTier, TierFormula } from '../../plan/plan.ts';
import { visitRate, workOfVisit } from '../../plan/visit-rate.ts';
import type { Distribution } from '../system.ts';
import type { Figures } from './figures.ts';

/** A time that had to change more than this to fit the capacity is worth a word. */
const CHANGE_MAX = 0.05;

export interface TierService {
  readonly servers: number;
  readonly mean_s: number;
  /** What had to be assumed, in words. */
  readonly note: string | null;
}

/**
 * Servers of one instance and the mean service time S of a visit, such that servers / S is the rate μ that the capacity gives:
 * S = servers / μ; servers = max(1, round(μ × time)) where only the time is stated, one where nothing is. A capacity that tells
 * no rate, such as memory, leaves the stated time, or none at all. A capacity in bytes per time is shared out over the visits
 * to the entry.
 */
export function serviceOf(tier: PlannedTier, entry: PlannedTier, figures: Figures): TierService {
  const { service } = tier.behaviour;
  const rate_per_s = visitRate(tier, figures.values) ?? byteRate(tier, entry, figures.values);
  const stated_s =
    service.values.length > 0 ? meanBetween(measured(service, figures)) : figures.number(service.time, null);
  const servers = figures.count(service.servers, null);
  if (rate_per_s === null) return { servers: servers ?? 1, mean_s: stated_s ?? 0, note: unknownSpeed(tier, stated_s) };
  const needed = servers ?? Math.max(1, Math.round(rate_per_s * (stated_s ?? 0)));
  const fitting_s = needed / rate_per_s;
  const change = stated_s === null ? 0 : Math.abs(fitting_s / stated_s - 1);
  if (servers !== null && stated_s !== null && change <= RATE_TOLERANCE)
    return { servers, mean_s: stated_s, note: null };
  const note = change > CHANGE_MAX ? changed(tier, needed, fitting_s, stated_s ?? 0) : null;
  return { servers: needed, mean_s: fitting_s, note };
}

/** Visits per second to a tier by its demand; null where that does not tell. */
export function visitDemand(tier: PlannedTier, values: Evaluator): number | null {
  const work = workOfVisit(tier, values);
  return work === null ? null : values.evaluate(tier.demand.expression) / work;
}

/** A visit takes as many bytes as there are for each visit to the entry. */
function byteRate(tier: PlannedTier, entry: PlannedTier, values: Evaluator): number | null {
  const { demand, capacity } = tier;
  const visits_per_s = visitDemand(entry, values);
  if (visits_per_s === null || demand.dimension.get('time') !== -1 || !demand.dimension.has('data')) return null;
  return (values.evaluate(capacity.expression) * visits_per_s) / values.evaluate(demand.expression);
}

/** The distribution of a tier's service times with another mean. */
export function serviceDistribution(service: ServiceRule, mean_s: number, figures: Figures): Distribution {
  if (service.values.length === 0) return shaped(service.distribution, mean_s, service.cv, figures);
  const values_s = measured(service, figures);
  const factor = mean_s / meanBetween(values_s);
  return { kind: 'empirical', values_s: values_s.map((value_s) => value_s * factor) };
}

export function shaped(shape: Shape, mean_s: number, cv: TierFormula | null, figures: Figures): Distribution {
  if (shape === 'lognormal' || shape === 'gamma') return { kind: shape, mean_s, cv: figures.number(cv, 1) };
  return { kind: shape, mean_s };
}

function measured({ values }: ServiceRule, figures: Figures): number[] {
  return values.map((value) => figures.number(value, 0)).toSorted((a, b) => a - b);
}

/** Mean of values between which times are interpolated: each pair of neighbours is as likely as any other. */
function meanBetween(values_s: readonly number[]): number {
  const [first = 0] = values_s;
  const last = values_s.at(-1) ?? first;
  if (values_s.length < 2) return first;
  return (values_s.reduce((sum, value_s) => sum + value_s, 0) - (first + last) / 2) / (values_s.length - 1);
}

function unknownSpeed({ id, capacity }: PlannedTier, stated_s: number | null): string | null {
  if (stated_s !== null) return null;
  return `visits to \`${id}\` take no time: its capacity \`${capacity.formula}\` is no rate; write \`service: { time: … }\``;
}

function changed({ id }: PlannedTier, servers: number, fitting_s: number, stated_s: number): string {
  const ms = (time_s: number): string => `${Number((time_s * 1000).toPrecision(4))} ms`;
  const each = `${servers} at a time per instance then ${servers === 1 ? 'makes' : 'make'} its capacity`;
  return `visits to \`${id}\` take ${ms(fitting_s)}, not the ${ms(stated_s)} stated: ${each}`;
}
