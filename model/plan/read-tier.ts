import { isScalar } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { TIER_KINDS } from '../topology/topology.ts';
import { baseUnitSymbol, isDimensionless, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Behaviour } from './behaviour.ts';
import { checkService } from './check-service.ts';
import type { Autoscale, PlannedTier, TierFormula } from './plan.ts';
import { valueOf } from './read-amount.ts';
import type { AmountContext } from './read-amount.ts';
import { BEHAVIOUR_KEYS, readBehaviour } from './read-behaviour.ts';
import type { BehaviourContext } from './read-block.ts';
import { checkPrice } from './read-costs.ts';
import { readCheckedFormula } from './read-formula.ts';
import { choose } from './read-requests.ts';
import { readCount, readPlain, readSeconds } from './read-scalars.ts';

/** What a tier needs at its first step. */
export const REQUIRED_TIER_KEYS = ['kind', 'instances', 'demand', 'capacity'];
export const TIER_KEYS = [
  ...REQUIRED_TIER_KEYS,
  'max_instances',
  'local_instances',
  'calls',
  'settings',
  'headroom',
  'price',
  'autoscale',
  ...BEHAVIOUR_KEYS,
];
const AUTOSCALE_KEYS = ['min', 'max', 'out_above', 'out_after', 'in_below', 'in_after', 'boot'];

/** Reads a tier of one step, merged with the steps before; none after what is wrong was reported. */
export function readTier(context: BehaviourContext, id: string, fields: Record<string, Node>): PlannedTier[] {
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
  const behaviour = readBehaviour(context, id, kind, fields);
  if (demand && capacity) checkService(context, fields['service'], { demand, capacity, behaviour });
  if (instances) checkShards(context, fields['sharding'], behaviour, instances.count);
  if (!kind || !instances || !demand || !capacity) return [];
  if (headroom === undefined || price === undefined || autoscale === undefined) return [];
  const formulas = { instances: instances.formula, demand, capacity, headroom, price };
  const limit = { maxInstances: maxInstances ?? null };
  const localInstances = local ?? instances.count;
  return [{ id, kind, ...formulas, ...limit, localInstances, calls, settings, autoscale, behaviour }];
}

/** Reads a formula of a tier. */
function readTierFormula(context: AmountContext, node: Node, what: string): TierFormula | undefined {
  const read = readCheckedFormula(context, node, what);
  if (read) valueOf(context, node, read);
  return read;
}

function readPositive(context: AmountContext, node: Node, what: string): TierFormula | undefined {
  const read = readCheckedFormula(context, node, what);
  const value = read && valueOf(context, node, read);
  if (value !== undefined && value <= 0) context.source.report('RANGE', node, `${what} should be above 0`);
  return read;
}

function readInstances(context: AmountContext, node: Node): { formula: TierFormula; count: number } | undefined {
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

function checkShards({ source, values }: AmountContext, node: Node, { sharding }: Behaviour, count: number): void {
  if (!sharding) return;
  const shards = Math.round(values.evaluate(sharding.shards.expression));
  if (count % shards === 0) return;
  const help = `make it ${Math.ceil(count / shards) * shards} instances, or another number of shards`;
  source.report('RANGE', node, `${count} instances do not make ${shards} equal shards`, { help });
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
