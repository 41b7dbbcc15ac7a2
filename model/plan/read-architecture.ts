import { isScalar } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { TIER_KINDS } from '../topology/topology.ts';
import { baseUnitSymbol, isDimensionless, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { UnitTable } from '../units/unit.ts';
import type { ArchitectureStep, PlannedTier, TierFormula } from './plan.ts';
import { checkFormula, readFormula } from './read-quantities.ts';
import { choose } from './read-requests.ts';

const TIER_KEYS = ['kind', 'instances', 'local_instances', 'calls', 'settings', 'demand', 'capacity', 'headroom'];
const REQUIRED = ['kind', 'instances', 'demand', 'capacity'];

interface Context {
  readonly source: Source;
  readonly units: UnitTable;
  readonly dimensions: ReadonlyMap<string, Dimension | null>;
}

/** Reads `architecture`: steps, each adding tiers to the one before or changing single keys of its tiers. */
export function readArchitecture(context: Context, node: Node): ArchitectureStep[] {
  const { source } = context;
  if (node === undefined) return [];
  const steps: ArchitectureStep[] = [];
  const merged = new Map<string, Record<string, Node>>();
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
      const changes = source.fields(
        tier.value,
        `tier \`${tier.key}\``,
        TIER_KEYS,
        merged.has(tier.key) ? [] : REQUIRED,
      );
      merged.set(tier.key, { ...merged.get(tier.key), ...changes });
    }
    const tiers = [...merged].flatMap(([id, tierFields]) => readTier(context, id, tierFields));
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
  const instances = fields['instances'] && readCount(source, fields['instances'], '`instances`');
  const local = fields['local_instances'] && readCount(source, fields['local_instances'], '`local_instances`');
  const demand = readTierFormula(context, fields['demand'], '`demand`');
  const capacity = readTierFormula(context, fields['capacity'], '`capacity`');
  const headroom = fields['headroom'] ? readTierFormula(context, fields['headroom'], '`headroom`') : null;
  if (demand && capacity) checkUnits(source, id, fields, demand, capacity);
  const calls = fields['calls'] && 'items' in fields['calls'] ? (fields['calls'].toJSON() as string[]) : [];
  const settings = readSettings(source, fields['settings']);
  if (!kind || !instances || !demand || !capacity || headroom === undefined) return [];
  return [{ id, kind, instances, localInstances: local ?? instances, calls, settings, demand, capacity, headroom }];
}

function readTierFormula(context: Context, node: Node, what: string): TierFormula | undefined {
  const { source, units, dimensions } = context;
  if (node === undefined) return undefined;
  const formula = source.text_of(node, what);
  const expression = formula === undefined ? undefined : readFormula(source, node, formula, units);
  const dimension = expression && checkFormula(source, node, expression, dimensions);
  return formula !== undefined && expression && dimension ? { formula, expression, dimension } : undefined;
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

function readCount(source: Source, node: Node, what: string): number | undefined {
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll(/[,_]/g, ''));
  if (Number.isInteger(value) && value >= 1) return value;
  return source.report('TYPE', node, `${what} should be a whole number from 1 up`);
}
