import { isScalar } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { namesIn } from '../formula/evaluate.ts';
import { TIER_KINDS } from '../topology/topology.ts';
import { baseUnitSymbol, isDimensionless, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Values } from './compute.ts';
import type { ArchitectureStep, Autoscale, PlannedTier, Quantity, TierFormula } from './plan.ts';
import { checkPrice } from './read-costs.ts';
import { readCheckedFormula, reportNotFinite } from './read-formula.ts';
import type { FormulaContext } from './read-formula.ts';
import { choose } from './read-requests.ts';
import { readCount, readPlain, readSeconds } from './read-scalars.ts';

const REQUIRED = ['kind', 'instances', 'demand', 'capacity'];
const TIER_KEYS = [
  ...REQUIRED,
  'max_instances',
  'local_instances',
  'calls',
  'settings',
  'headroom',
  'price',
  'autoscale',
];
const AUTOSCALE_KEYS = ['min', 'max', 'out_above', 'out_after', 'in_below', 'in_after', 'boot'];
/** What a later step writes in place of a tier that it no longer has. */
const NONE = 'none';

interface Context extends FormulaContext {
  readonly quantities: ReadonlyMap<string, Quantity>;
  readonly values: Values;
}

/** Reads `architecture`: steps, each adding tiers to the one before or changing single keys of its tiers. */
export function readArchitecture(context: Context, node: Node): ArchitectureStep[] {
  const { source } = context;
  if (node === undefined) return [];
  const steps: ArchitectureStep[] = [];
  const merged = new Map<string, Record<string, Node>>();
  const read = new Map<Record<string, Node>, PlannedTier[]>();
  let entry: string | undefined;
  for (const item of source.items(node, '`architecture`')) {
    const fields = source.fields(
      item,
      'an architecture step',
      ['step', 'name', 'entry', 'tiers'],
      ['step', 'name', 'tiers'],
    );
    const step = fields['step'] && readCount(source, fields['step'], '`step`');
    const name = fields['name'] && source.text_of(fields['name'], '`name`');
    if (fields['entry']) entry = source.text_of(fields['entry'], '`entry`');
    if (step !== undefined && steps.some((other) => other.step === step)) {
      source.report('DUPLICATE', fields['step'], `step ${step} appears twice`);
    }
    for (const tier of fields['tiers'] === undefined ? [] : source.entries(fields['tiers'], '`tiers`')) {
      if (isScalar(tier.value) && tier.value.value === NONE) {
        if (!merged.delete(tier.key))
          source.report('UNKNOWN_NAME', tier.keyNode, `there is no tier \`${tier.key}\` to remove`);
        // Requests then enter at the first tier that is left, unless the step says otherwise.
        if (tier.key === entry && !fields['entry']) entry = undefined;
        continue;
      }
      const changes = source.fields(
        tier.value,
        `tier \`${tier.key}\``,
        TIER_KEYS,
        merged.has(tier.key) ? [] : REQUIRED,
      );
      merged.set(tier.key, { ...merged.get(tier.key), ...changes });
    }
    // Most tiers stay as they are from step to step.
    for (const [id, tierFields] of merged) {
      if (!read.has(tierFields)) read.set(tierFields, readTier(context, id, tierFields));
    }
    const tiers = [...merged.values()].flatMap((tierFields) => read.get(tierFields) ?? []);
    checkCalls(source, merged, new Set(merged.keys()));
    entry = checkEntry(source, fields['entry'], entry, merged);
    if (step !== undefined && name && entry) steps.push({ step, name, entry, tiers });
  }
  return steps;
}

function checkEntry(
  source: Source,
  node: Node,
  entry: string | undefined,
  tiers: ReadonlyMap<string, unknown>,
): string | undefined {
  const fallback = [...tiers.keys()][0];
  if (entry === undefined || tiers.has(entry)) return entry ?? fallback;
  const near = nearest(entry, tiers.keys());
  const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...tiers.keys()].join(', ')}`;
  source.report('UNKNOWN_NAME', node, `no tier is called \`${entry}\``, { help });
  return fallback;
}

function checkCalls(source: Source, tiers: ReadonlyMap<string, Record<string, Node>>, ids: ReadonlySet<string>): void {
  for (const fields of tiers.values()) {
    const node = fields['calls'];
    if (node === undefined) continue;
    for (const item of source.items(node, '`calls`')) {
      const id = source.text_of(item, 'a called tier');
      if (id === undefined || ids.has(id)) continue;
      const near = nearest(id, ids);
      const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...ids].join(', ')}`;
      source.report('UNKNOWN_NAME', item, `no tier is called \`${id}\``, { help });
    }
  }
}

function readTier(context: Context, id: string, fields: Record<string, Node>): PlannedTier[] {
  const { source } = context;
  const kind = fields['kind'] && choose(source, fields['kind'], '`kind`', TIER_KINDS);
  const instances = readInstances(context, fields['instances']);
  const maxInstances = readCount(source, fields['max_instances'], '`max_instances`');
  if (instances && maxInstances !== undefined && instances.count > maxInstances) {
    const help = `write at most ${maxInstances} here, or raise \`max_instances\``;
    source.report('UPSIDE_DOWN', fields['instances'], `\`${id}\` has more instances than it can have`, { help });
  }
  const local = readCount(source, fields['local_instances'], '`local_instances`');
  const demand = readPositive(context, fields['demand'], '`demand`');
  const capacity = readPositive(context, fields['capacity'], '`capacity`');
  const headroom = fields['headroom'] ? readTierFormula(context, fields['headroom'], '`headroom`') : null;
  const price = fields['price'] ? readTierFormula(context, fields['price'], '`price`') : null;
  if (price) checkPrice(source, fields['price'], price);
  const autoscale = fields['autoscale'] ? readAutoscale(source, fields['autoscale'], id) : null;
  if (demand && capacity) checkUnits(source, id, fields, demand, capacity);
  const calls = fields['calls'] && 'items' in fields['calls'] ? (fields['calls'].toJSON() as string[]) : [];
  const settings = readSettings(source, fields['settings']);
  if (!kind || !instances || !demand || !capacity) return [];
  if (headroom === undefined || price === undefined || autoscale === undefined) return [];
  const formulas = { instances: instances.formula, demand, capacity, headroom, price };
  const limit = { maxInstances: maxInstances ?? null };
  return [{ id, kind, ...formulas, ...limit, localInstances: local ?? instances.count, calls, settings, autoscale }];
}

/** Reads a formula of a tier. */
function readTierFormula(context: Context, node: Node, what: string): TierFormula | undefined {
  const read = readCheckedFormula(context, node, what);
  if (read) valueOf(context, node, read);
  return read;
}

/** A formula's value; undefined when a name in it has none, or after it was reported that there is no finite one. */
function valueOf({ source, quantities, values }: Context, node: Node, { expression }: TierFormula): number | undefined {
  if (namesIn(expression).some(({ name }) => !quantities.has(name))) return undefined;
  const value = values.evaluate(expression);
  if (Number.isFinite(value)) return value;
  reportNotFinite(source, node, expression, values);
  return undefined;
}

function readPositive(context: Context, node: Node, what: string): TierFormula | undefined {
  const read = readCheckedFormula(context, node, what);
  const value = read && valueOf(context, node, read);
  if (value !== undefined && value <= 0) context.source.report('RANGE', node, `${what} should be above 0`);
  return read;
}

function readInstances(context: Context, node: Node): { formula: TierFormula; count: number } | undefined {
  const formula = readCheckedFormula(context, node, '`instances`');
  if (!formula) return undefined;
  const { dimension } = formula;
  const counted =
    [...dimension].every(([unit, exponent]) => exponent === 1 && !MEASURED.has(unit)) && dimension.size <= 1;
  const value = valueOf(context, node, formula);
  if (counted && (value === undefined || value > 0)) return { formula, count: Math.ceil((value ?? 1) - 1e-9) };
  const help = 'write a whole number from 1 up, or a formula that counts instances';
  return context.source.report('TYPE', node, '`instances` should be a count', { help });
}

function readAutoscale(source: Source, node: Node, id: string): Autoscale | undefined {
  const fields = source.fields(node, `autoscaling of \`${id}\``, AUTOSCALE_KEYS, AUTOSCALE_KEYS);
  const min = readCount(source, fields['min'], '`min`');
  const max = readCount(source, fields['max'], '`max`');
  const outAbove = readPlain(source, fields['out_above'], '`out_above`');
  const inBelow = readPlain(source, fields['in_below'], '`in_below`');
  const outAfter_s = readSeconds(source, fields['out_after'], '`out_after`');
  const inAfter_s = readSeconds(source, fields['in_after'], '`in_after`');
  const boot_s = readSeconds(source, fields['boot'], '`boot`');
  if (min === undefined || max === undefined || outAbove === undefined || inBelow === undefined) return undefined;
  if (outAfter_s === undefined || inAfter_s === undefined || boot_s === undefined) return undefined;
  if (min > max) return source.report('UPSIDE_DOWN', fields['min'], '`min` is above `max`', { help: 'exchange them' });
  if (inBelow >= outAbove) {
    const help = 'leave room between them, or instances come and go all the time';
    return source.report('UPSIDE_DOWN', fields['in_below'], '`in_below` is not below `out_above`', { help });
  }
  return { min, max, outAbove, outAfter_s, inBelow, inAfter_s, boot_s };
}

/** Demand over capacity has to leave a count: instances, servers, nodes, or a plain number. */
function checkUnits(
  source: Source,
  id: string,
  fields: Record<string, Node>,
  demand: TierFormula,
  capacity: TierFormula,
): void {
  const ratio = multiply(demand.dimension, capacity.dimension, -1);
  const counts =
    isDimensionless(ratio) || [...ratio].every(([unit, exponent]) => exponent === 1 && !MEASURED.has(unit));
  if (counts && ratio.size <= 1) return;
  const show = (dimension: Dimension): string =>
    isDimensionless(dimension) ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
  const sameButPlain = isDimensionless(capacity.dimension) && !sameDimension(demand.dimension, capacity.dimension);
  const message = `\`${id}\` has to carry ${show(demand.dimension)} but its capacity is ${show(capacity.dimension)}`;
  const help = `write the capacity in ${show(demand.dimension)}, or that per server`;
  source.report(sameButPlain ? 'UNIT' : 'DIMENSION', fields['capacity'], message, { help });
}
const MEASURED = new Set(['time', 'data', 'money', 'req', 'query']);

function readSettings(source: Source, node: Node): Record<string, string | number | boolean> {
  const settings: Record<string, string | number | boolean> = {};
  if (node === undefined) return settings;
  for (const entry of source.entries(node, '`settings`')) {
    const value = isScalar(entry.value) ? entry.value.value : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      settings[entry.key] = value;
    else source.report('TYPE', entry.value ?? entry.keyNode, `setting \`${entry.key}\` should be a single value`);
  }
  return settings;
}
