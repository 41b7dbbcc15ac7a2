import { isMap, isScalar, isSeq } from 'yaml';
import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import { isCriterionProblem, parseCriterion } from '../judge/criterion.ts';
import type { Plan } from '../plan/plan.ts';
import { choose } from '../plan/read-requests.ts';
import { readCount, readPlain } from '../plan/read-scalars.ts';
import { assignCriteria } from './assign-criteria.ts';
import type { Gate, GateCriterion } from './gate.ts';
import { readOpenSlo } from './openslo/read-openslo.ts';
import type { PlacedCriterion } from './placed-criterion.ts';
import type { ToRun } from './why-never.ts';

const KEYS = ['gate', 'plan', 'step', 'scenarios', 'pass', 'criteria'];
const CRITERION_KEYS = ['criterion', 'scenario', 'weight', 'must'];

/** What of a gate file has to be known before the rest of it can be read. */
export interface GateHead {
  readonly plan?: string;
  readonly step?: number;
  /** Names or paths of the scenarios to run; empty where the file names none. */
  readonly scenarios: readonly string[];
}

/**
 * The plan, step and scenarios that a gate file names; what of it is written wrongly is left to `readGate` to report.
 * @throws InvalidInput for a file that is not YAML.
 */
export function readGateHead(path: string, text: string): GateHead {
  const source = new Source(path, text, 'GATE', { several: true });
  source.throwIfInvalid();
  const { root } = source;
  const valueOf = (key: string): unknown => (isMap(root) ? root.get(key, true) : undefined);
  const textOf = (node: unknown): string | undefined => (isScalar(node) ? String(node.value) : undefined);
  const plan = textOf(valueOf('plan'));
  const step = Number(textOf(valueOf('step')));
  const scenarios = valueOf('scenarios');
  return {
    ...(plan === undefined ? {} : { plan }),
    ...(Number.isInteger(step) ? { step } : {}),
    scenarios: isSeq(scenarios) ? scenarios.items.flatMap((item) => textOf(item) ?? []) : [],
  };
}

/**
 * Reads a gate, or OpenSLO documents, and holds it to what is to be run: a criterion that no run can measure is an error, and so is a file
 * without a criterion.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readGate(path: string, text: string, plan: Plan, runs: readonly ToRun[]): Gate {
  const source = new Source(path, text, 'GATE', { several: true });
  source.throwIfInvalid();
  const gate = isOpenSlo(source.root) ? readOpenSlo(source, plan) : readOwn(source, plan);
  reportNever(source, gate.placed, runs);
  source.throwIfInvalid();
  const criteria = gate.placed.map(({ gated }) => gated);
  return { name: gate.name, passScore: gate.passScore, criteria };
}

interface ReadGate {
  readonly name: string;
  readonly passScore: number;
  readonly placed: readonly PlacedCriterion[];
}

function isOpenSlo(root: Node): boolean {
  return isMap(root) && root.has('apiVersion');
}

function readOwn(source: Source, plan: Plan): ReadGate {
  const second = source.roots[1];
  if (second) source.report('SYNTAX', second, 'a gate is one document', { help: 'leave out the `---`' });
  const fields = source.fields(source.root, 'a gate', KEYS, ['gate', 'criteria']);
  checkPlan(source, fields['plan'], plan);
  if (fields['step']) readCount(source, fields['step'], '`step`');
  for (const item of fields['scenarios'] ? source.items(fields['scenarios'], '`scenarios`') : []) {
    source.text_of(item, 'a scenario');
  }
  return {
    name: (fields['gate'] && source.text_of(fields['gate'], '`gate`')) ?? plan.name,
    passScore: readPass(source, fields['pass']),
    placed: readCriteria(source, fields['criteria'], plan),
  };
}

function checkPlan(source: Source, node: Node, plan: Plan): void {
  const name = node === undefined ? undefined : source.text_of(node, '`plan`');
  const isPath = name?.includes('/') === true || name?.endsWith('.yaml') === true;
  if (name === undefined || isPath || name === plan.name) return;
  source.report('UNKNOWN_NAME', node, `this gate is for \`${name}\`, not for \`${plan.name}\``, {
    help: `check \`${name}\`, or leave out \`plan\``,
  });
}

function readPass(source: Source, node: Node): number {
  const share = readPlain(source, node, '`pass`');
  if (share === undefined || (share > 0 && share <= 1)) return share ?? 1;
  source.report('RANGE', node, '`pass` should lie above 0 and be at most 100 %', {
    help: 'write a share such as `90 %`',
  });
  return 1;
}

function readCriteria(source: Source, node: Node, plan: Plan): PlacedCriterion[] {
  if (node === undefined) return [];
  const items = source.items(node, '`criteria`');
  if (isSeq(node) && items.length === 0) {
    source.report('RANGE', node, 'the gate has no criterion, so it would let everything through', {
      help: 'write at least one, such as `- p95(latency) < 500 ms`',
    });
  }
  const placed = items.flatMap((item) => readCriterion(source, item, plan) ?? []);
  for (const [index, each] of placed.entries()) {
    if (placed.slice(0, index).some((other) => isSame(other.gated, each.gated)))
      source.report('DUPLICATE', each.node, `\`${each.gated.criterion.text}\` stands here twice`, {
        help: 'remove one of them',
      });
  }
  return placed;
}

function isSame(a: GateCriterion, b: GateCriterion): boolean {
  return a.criterion.text === b.criterion.text && a.scenario === b.scenario;
}

function readCriterion(source: Source, node: Node, plan: Plan): PlacedCriterion | undefined {
  const fields = isMap(node) ? source.fields(node, 'a criterion', CRITERION_KEYS, ['criterion']) : { criterion: node };
  const at = fields['criterion'];
  const text = at === undefined ? undefined : source.text_of(at, 'a criterion');
  const weight = readPlain(source, fields['weight'], '`weight`') ?? 1;
  if (weight <= 0)
    source.report('RANGE', fields['weight'], '`weight` should lie above 0', {
      help: 'leave the criterion out instead',
    });
  const must = fields['must'] && choose(source, fields['must'], '`must`', ['yes', 'no', 'true', 'false'] as const);
  const scenario = fields['scenario'] && source.text_of(fields['scenario'], '`scenario`');
  if (text === undefined) return undefined;
  const criterion = parseCriterion(text, plan.units);
  if (isCriterionProblem(criterion)) {
    const { message, help, offset, length } = criterion;
    return source.report('CRITERION', at, message, { ...(help ? { help } : {}), within: { offset, length } });
  }
  const isMust = must === 'yes' || must === 'true';
  const gated: GateCriterion = { criterion, weight, must: isMust, from: source.path, ...(scenario && { scenario }) };
  return { gated, node: at, text, scenarioNode: fields['scenario'] };
}

function reportNever(source: Source, placed: readonly PlacedCriterion[], runs: readonly ToRun[]): void {
  const { never } = assignCriteria({ criteria: placed.map(({ gated }) => gated) }, runs);
  for (const { criterion, never: why } of never) {
    const at = placed.find(({ gated }) => gated === criterion);
    if (!at) continue;
    const { problem, message, help, name } = why;
    if (criterion.scenario === name && at.scenarioNode) source.report(problem, at.scenarioNode, message, { help });
    else {
      const offset = at.text.indexOf(name);
      const within = offset < 0 ? {} : { within: { offset, length: name.length } };
      source.report(problem, at.node, message, { help, ...within });
    }
  }
}
