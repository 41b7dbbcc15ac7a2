import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import { readNumber, readPlain, readSeconds } from '../plan/read-scalars.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { formatInBaseUnit } from '../units/format.ts';
import { checkAgainstSteps } from './check-fault.ts';
import { checkKeys, FAULT_KEYS, FAULT_KINDS } from './fault-keys.ts';
import type { Fields, ScenarioContext } from './read-context.ts';
import { readCount } from './read-count.ts';
import { readTimes } from './read-times.ts';
import { FAULT_PARTIES, FAULT_PARTS, FAULT_ROLES } from './scenario.ts';
import type { FaultKind, ScenarioFault, ScenarioPhase } from './scenario.ts';

/** What faults are held against: undefined where that could not be read. */
export interface FaultSetting {
  readonly steps: readonly number[];
  readonly phases: readonly ScenarioPhase[] | undefined;
}

/** Reads `faults`: what goes wrong, where, and when. Each is held against every step of the scenario. */
export function readFaults(context: ScenarioContext, node: Node, setting: FaultSetting): ScenarioFault[] {
  if (node === undefined) return [];
  return context.source.items(node, '`faults`').flatMap((item) => readFault(context, item, setting) ?? []);
}

function readFault(context: ScenarioContext, node: Node, setting: FaultSetting): ScenarioFault | undefined {
  const { source } = context;
  const fields = source.fields(node, 'a fault', FAULT_KEYS, ['fault', 'tier']);
  const kind = fields['fault'] && choose(source, fields['fault'], '`fault`', FAULT_KINDS);
  const tier = fields['tier'] && source.text_of(fields['tier'], '`tier`');
  const at_s = readStart(context, node, fields, setting.phases);
  const for_s = fields['for'] ? readTime(source, fields['for'], '`for`') : Infinity;
  const instances = readInstances(context, fields['instances']);
  if (!kind) return undefined;
  checkKeys(context, node, fields, kind);
  const factor = readFactor(context, fields, kind);
  const from = fields['from'] ? source.text_of(fields['from'], '`from`') : null;
  const which = readWhich(context, fields);
  if (!tier || at_s === undefined || !for_s || factor === undefined || from === undefined) return undefined;
  const until_s = kind === 'flush' ? at_s : at_s + for_s;
  const fault = { kind, tier, instances, ...which, at_s, until_s, factor, from };
  checkAgainstSteps(context, fields, fault, setting.steps);
  return fault;
}

/** Which part, role, shard or third party. */
function readWhich(
  { source }: ScenarioContext,
  fields: Fields,
): Pick<ScenarioFault, 'part' | 'role' | 'shard' | 'party'> {
  const part = fields['part'] && choose(source, fields['part'], '`part`', FAULT_PARTS);
  const role = fields['role'] && choose(source, fields['role'], '`role`', FAULT_ROLES);
  const party = fields['party'] && choose(source, fields['party'], '`party`', FAULT_PARTIES);
  const shard = fields['shard'] && readCount(source, fields['shard'], '`shard`', 1);
  return { ...(part && { part }), ...(role && { role }), ...(shard && { shard }), ...(party && { party }) };
}

function readInstances({ source }: ScenarioContext, node: Node): number | 'all' {
  if (node !== undefined && source.text_of(node, '`instances`') === 'all') return 'all';
  return readCount(source, node, '`instances`', 1);
}

/** Base units: times, a share, seconds, bytes or calls a second. */
function readFactor({ source }: ScenarioContext, fields: Fields, kind: FaultKind): number | undefined {
  if (kind === 'slow') return readTimes(source, fields['factor'], '`factor`', 1);
  if (kind === 'latency') return fields['by'] && readTime(source, fields['by'], '`by`');
  if (kind === 'bandwidth') return readAtMost(source, fields['at_most'], 'B/s', '1 MB/s');
  if (kind === 'limit') return readAtMost(source, fields['at_most'], 'req/s', '10 req/s');
  if (kind !== 'errors') return 1;
  const share = readPlain(source, fields['share'], '`share`');
  if (share === undefined || (share > 0 && share <= 1)) return share;
  return source.report('RANGE', fields['share'], '`share` should lie above 0 and be at most 100 %');
}

function readAtMost(source: Source, node: Node, unit: string, example: string): number | undefined {
  const literal = readNumber(source, node, '`at_most`');
  if (!literal) return undefined;
  if (baseUnitSymbol(literal.dimension) !== unit) {
    return source.report('UNIT', node, `\`at_most\` should be in \`${unit}\``, { help: `as in \`${example}\`` });
  }
  if (literal.value >= 1) return literal.value;
  return source.report('RANGE', node, `\`at_most\` should be at least 1 ${unit}`);
}

/** `at` from the start of the scenario, or from the start of the phase that `in` names. */
function readStart(
  { source }: ScenarioContext,
  node: Node,
  fields: Fields,
  phases: readonly ScenarioPhase[] | undefined,
): number | undefined {
  const at_s = fields['at'] ? readSeconds(source, fields['at'], '`at`') : 0;
  if (!fields['at'] && !fields['in']) {
    return source.report('MISSING_KEY', node, 'a fault needs `at` or `in`', {
      help: 'add `at: 30 s`, or `in: <phase>`',
    });
  }
  const name = fields['in'] && source.text_of(fields['in'], '`in`');
  if (at_s === undefined || (fields['in'] && !name) || !phases) return undefined;
  const index = name === undefined ? -1 : phases.findIndex((phase) => phase.name === name);
  if (name !== undefined && index < 0) {
    const names = phases.map((phase) => phase.name);
    const near = nearest(name, names);
    const help = near ? `did you mean \`${near}\`?` : `phases: ${names.join(', ')}`;
    return source.report('UNKNOWN_NAME', fields['in'], `no phase is called \`${name}\``, { help });
  }
  const within = index < 0 ? phases : phases.slice(index, index + 1);
  const length_s = lengthOf(within);
  if (at_s >= length_s) {
    const what = name === undefined ? 'the scenario' : `\`${name}\``;
    const message = `this is after the end: ${what} lasts ${formatInBaseUnit(length_s, 's')}`;
    return source.report('RANGE', fields['at'], message);
  }
  return at_s + (index < 0 ? 0 : lengthOf(phases.slice(0, index)));
}

function lengthOf(phases: readonly ScenarioPhase[]): number {
  return phases.reduce((sum, phase) => sum + phase.duration_s, 0);
}
