import { stepCost } from '../cost/step-cost.ts';
import { tierSize } from '../cost/tier-size.ts';
import { displayUnit } from '../estimate/display-unit.ts';
import type { DisplayUnit } from '../estimate/display-unit.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Claim, Plan, PlannedTier, Quantity } from '../plan/plan.ts';
import { DIMENSIONLESS, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Literal } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';
import type { StoredMeasurements } from './stored-measurement.ts';

/** Everything that a formula of a lesson can name. */
export interface LessonValues {
  readonly units: UnitTable;
  readonly named: ReadonlyMap<string, NamedValue>;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** By id with `_` in place of `-`, as formulas have it. */
  readonly claims: ReadonlyMap<string, Claim>;
}

export interface NamedValue {
  readonly dimension: Dimension;
  /** Worked out when it is asked for, in base units. */
  readonly value: () => number;
  /** What the plan or the document writes it in; null for whatever reads best. */
  readonly unit: DisplayUnit | null;
}

const MONEY_PER_TIME: Dimension = new Map([
  ['money', 1],
  ['time', -1],
]);

/** A name as formulas can hold it: `-` would be a minus there. */
export function codeName(id: string): string {
  return id.replaceAll('-', '_');
}

/**
 * The names of a lesson: quantities of the plan, `step_2.database.utilisation` and `step_2.cost` of its architecture, `claimed.…` as its documents
 * have it, `measured.…` and `simulated.…` as stored.
 */
export function lessonValues(plan: Plan, measurements: StoredMeasurements): LessonValues {
  const values = new Values(plan.quantities);
  const claims = new Map(plan.claims.map((claim) => [codeName(claim.id), claim]));
  const named = new Map<string, NamedValue>([
    ...[...plan.quantities.values()].map((quantity) => [quantity.id, ofQuantity(quantity, values)] as const),
    ...plan.steps.flatMap((step) => ofStep(plan, step, values)),
    ...[...claims].flatMap(([name, { says }]) => ofClaim(name, says)),
    ...ofReadings(plan, measurements, claims),
  ]);
  const dimensions = new Map([...named].map(([name, { dimension }]) => [name, dimension]));
  return { units: plan.units, named, dimensions, claims };
}

type Entry = readonly [string, NamedValue];

function ofQuantity(quantity: Quantity, values: Values): NamedValue {
  const isWritten = quantity.unit !== undefined || quantity.expression.kind === 'literal';
  return {
    dimension: quantity.dimension,
    value: () => values.of(quantity.id),
    unit: isWritten ? displayUnit(quantity) : null,
  };
}

function ofStep(plan: Plan, step: ArchitectureStep, values: Values): Entry[] {
  const head = `step_${step.step}`;
  const cost = (): number => stepCost(plan, step, values).total_usd_per_s;
  return [
    [`${head}.cost`, { dimension: MONEY_PER_TIME, value: cost, unit: null }],
    ...step.tiers.flatMap((tier) => ofTier(`${head}.${codeName(tier.id)}`, tier, values)),
  ];
}

function ofTier(head: string, tier: PlannedTier, values: Values): Entry[] {
  const { dimension } = tier.demand;
  // What a capacity is for one of: a server, a node, a worker.
  const instance = multiply(dimension, tier.capacity.dimension, -1);
  const size = (): ReturnType<typeof tierSize> => tierSize(tier, values);
  const all = (): number => size().capacity * size().provided;
  return [
    [`${head}.demand`, { dimension, value: () => size().demand, unit: null }],
    [`${head}.capacity`, { dimension, value: all, unit: null }],
    [`${head}.utilisation`, { dimension: DIMENSIONLESS, value: () => size().demand / all(), unit: null }],
    [`${head}.instances`, { dimension: instance, value: () => size().provided, unit: null }],
    [`${head}.needed`, { dimension: instance, value: () => size().needed, unit: null }],
  ];
}

/** A range has two ends, and no value by itself. */
function ofClaim(name: string, { literal, upper }: Claim['says']): Entry[] {
  if (!upper) return [[`claimed.${name}`, ofLiteral(literal)]];
  return [
    [`claimed.${name}.low`, ofLiteral(literal)],
    [`claimed.${name}.high`, ofLiteral(upper)],
  ];
}

function ofLiteral(literal: Literal): NamedValue {
  return { dimension: literal.dimension, value: () => literal.value, unit: unitOf(literal) };
}

function unitOf({ unit: symbol, factor }: Literal): DisplayUnit {
  return { symbol, factor };
}

function ofReadings(plan: Plan, { readings }: StoredMeasurements, claims: ReadonlyMap<string, Claim>): Entry[] {
  return readings.flatMap((reading): Entry[] => {
    if (reading.plan !== plan.name) return [];
    const unit = reading.unit === '' ? { dimension: DIMENSIONLESS, factor: 1 } : plan.units.parse(reading.unit);
    if ('unknown' in unit) return [];
    const { dimension } = unit;
    const name = codeName(reading.claim);
    const stated = claims.get(name)?.says.literal;
    const shown = stated && sameDimension(stated.dimension, dimension) ? unitOf(stated) : null;
    return [[`${reading.by}.${name}`, { dimension, value: () => reading.value * unit.factor, unit: shown }]];
  });
}
