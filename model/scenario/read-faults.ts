import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import { readPlain, readSeconds } from '../plan/read-scalars.ts';
import { formatInBaseUnit } from '../units/format.ts';
import { checkAgainstSteps } from './check-fault.ts';
import type { Fields, ScenarioContext } from './read-context.ts';
import { readCount } from './read-count.ts';
import { readTimes } from './read-times.ts';
import type { ScenarioFault, ScenarioPhase } from './scenario.ts';

export const FAULT_KINDS = ['crash', 'hang', 'slow', 'errors', 'partition', 'latency', 'flush'] as const;
const FAULT_KEYS = ['fault', 'tier', 'instances', 'in', 'at', 'for', 'factor', 'share', 'from', 'by'];
/** The key that a kind of fault needs, and that no other has. */
const OWN_KEY: Partial<Record<ScenarioFault['kind'], string>> = {
  slow: 'factor',
  errors: 'share',
  partition: 'from',
  latency: 'by',
};

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
  const from = kind === 'partition' && fields['from'] ? source.text_of(fields['from'], '`from`') : null;
  if (!tier || at_s === undefined || !for_s || factor === undefined || from === undefined) return undefined;
  const until_s = kind === 'flush' ? at_s : at_s + for_s;
  const fault = { kind, tier, instances, at_s, until_s, factor, from };
  checkAgainstSteps(context, fields, fault, setting.steps);
  return fault;
}

function readInstances({ source }: ScenarioContext, node: Node): number | 'all' {
  if (node !== undefined && source.text_of(node, '`instances`') === 'all') return 'all';
  return readCount(source, node, '`instances`', 1);
}

function checkKeys({ source }: ScenarioContext, node: Node, fields: Fields, kind: ScenarioFault['kind']): void {
  const own = OWN_KEY[kind];
  if (own && !fields[own]) {
    source.report('MISSING_KEY', node, `\`${kind}\` needs \`${own}\``, { help: `add \`${own}: …\`` });
  }
  const others = Object.values(OWN_KEY).filter((key) => key !== own);
  for (const key of kind === 'flush' ? [...others, 'for', 'instances'] : others) {
    if (fields[key])
      source.report('UNKNOWN_KEY', fields[key], `\`${kind}\` has no \`${key}\``, { help: 'leave it out' });
  }
}

function readFactor({ source }: ScenarioContext, fields: Fields, kind: ScenarioFault['kind']): number | undefined {
  if (kind === 'slow') return readTimes(source, fields['factor'], '`factor`', 1);
  if (kind === 'latency') return fields['by'] && readTime(source, fields['by'], '`by`');
  if (kind !== 'errors') return 1;
  const share = readPlain(source, fields['share'], '`share`');
  if (share === undefined || (share > 0 && share <= 1)) return share;
  return source.report('RANGE', fields['share'], '`share` should lie above 0 and be at most 100 %');
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
