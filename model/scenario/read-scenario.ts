import { isMap, isSeq } from 'yaml';
import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { Values } from '../plan/compute.ts';
import type { Plan } from '../plan/plan.ts';
import { readCriteria } from '../plan/read-plan.ts';
import { checkFormula, readFormula } from '../plan/read-formula.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Scenario, ScenarioPhase } from './scenario.ts';

const KEYS = [
  'scenario',
  'title',
  'plan',
  'steps',
  'engine',
  'arrivals',
  'phases',
  'mix',
  'connections',
  'in_flight_cap',
  'expect',
];
const PHASE_KEYS = ['name', 'duration', 'rate', 'to', 'judged', 'target'];
const MAX_DURATION_S = 24 * 3600;
const MAX_RATE_PER_S = 1e6;

interface Context {
  readonly source: Source;
  readonly plan: Plan;
  readonly values: Values;
  /** A closed-loop engine needs no rates. */
  readonly closed: boolean;
}

/**
 * Reads a scenario and holds it to a plan: unknown classes, tiers, steps and engines are errors with their place.
 * `engines` maps the known engines to whether they hold a rate.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readScenario(path: string, text: string, plan: Plan, engines: ReadonlyMap<string, boolean>): Scenario {
  const source = new Source(path, text, 'SCENARIO');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a scenario', KEYS, ['scenario', 'phases']);
  const name = fields['scenario'] ? (source.text_of(fields['scenario'], '`scenario`') ?? '') : '';
  checkPlan(source, fields['plan'], plan);
  const engine = fields['engine'] ? choose(source, fields['engine'], '`engine`', [...engines.keys()]) : 'open-loop';
  const context = { source, plan, values: new Values(plan.quantities), closed: engines.get(engine ?? '') === false };
  const phases = readPhases(context, fields['phases']);
  // When a phase could not be read, a criterion that names it is not wrong as well.
  const complete = phases.length === (isSeq(fields['phases']) ? fields['phases'].items.length : 0);
  const names = complete ? phases.map((phase) => phase.name) : undefined;
  const scenario: Scenario = {
    name,
    title: fields['title'] ? (source.text_of(fields['title'], '`title`') ?? name) : name,
    steps: readSteps(context, fields['steps']),
    engine: engine ?? 'open-loop',
    process:
      (fields['arrivals'] && choose(source, fields['arrivals'], '`arrivals`', ['poisson', 'uniform'] as const)) ||
      'poisson',
    phases,
    mix: readMix(context, fields['mix']),
    connections: readCount(source, fields['connections'], '`connections`', 128),
    inFlightCap: readCount(source, fields['in_flight_cap'], '`in_flight_cap`', 2000),
    expect: readCriteria(source, fields['expect'], '`expect`', plan.requests, names),
  };
  source.throwIfInvalid();
  return scenario;
}

function checkPlan(source: Source, node: Node, plan: Plan): void {
  const name = node === undefined ? undefined : source.text_of(node, '`plan`');
  if (name === undefined || name === plan.name) return;
  source.report('UNKNOWN_NAME', node, `this scenario is for \`${name}\`, not for \`${plan.name}\``, {
    help: `use \`--plan ${name}\``,
  });
}

function readSteps({ source, plan }: Context, node: Node): number[] {
  const known = plan.steps.map((step) => step.step);
  if (node === undefined) return known;
  return source.items(node, '`steps`').flatMap((item) => {
    const text = source.text_of(item, 'a step');
    if (text === undefined || known.includes(Number(text))) return text === undefined ? [] : [Number(text)];
    source.report('UNKNOWN_NAME', item, `the plan has no step ${text}`, { help: `steps: ${known.join(', ')}` });
    return [];
  });
}

function readPhases(context: Context, node: Node): ScenarioPhase[] {
  const { source } = context;
  if (node === undefined) return [];
  const items = source.items(node, '`phases`');
  const phases: ScenarioPhase[] = [];
  for (const item of items) {
    const phase = readPhase(context, item);
    if (!phase) continue;
    if (phases.some((other) => other.name === phase.name))
      source.report('DUPLICATE', item, `phase \`${phase.name}\` appears twice`);
    phases.push(phase);
  }
  if (phases.length === items.length && !phases.some((phase) => phase.judged)) {
    source.report('RANGE', node, 'no phase is judged', { help: 'leave out `judged: no` for at least one phase' });
  }
  return phases;
}

function readPhase(context: Context, node: Node): ScenarioPhase | undefined {
  const { source, closed } = context;
  const required = closed ? ['name', 'duration'] : ['name', 'duration', 'rate'];
  const fields = source.fields(node, 'a phase', PHASE_KEYS, required);
  const name = fields['name'] && source.text_of(fields['name'], '`name`');
  const duration_s = fields['duration'] && readTime(source, fields['duration'], '`duration`');
  const rate = fields['rate'] ? readRate(context, fields['rate'], '`rate`') : 0;
  const to = fields['to'] ? readRate(context, fields['to'], '`to`') : rate;
  const judged = fields['judged']
    ? choose(source, fields['judged'], '`judged`', ['yes', 'no', 'true', 'false'] as const)
    : 'yes';
  const target = fields['target'] && readTarget(context, fields['target']);
  if (!name || !duration_s || rate === undefined || to === undefined || !judged) return undefined;
  if (duration_s > MAX_DURATION_S) source.report('RANGE', fields['duration'], 'a phase lasts 24 hours at most');
  const on = judged === 'yes' || judged === 'true';
  return { name, duration_s, rate_per_s: rate, rate_end_per_s: to, judged: on, ...(target ? { target } : {}) };
}

function readRate(context: Context, node: Node, what: string): number | undefined {
  const { source, plan, values } = context;
  const formula = source.text_of(node, what);
  const expression = formula === undefined ? undefined : readFormula(source, node, formula, plan.units);
  const dimensions = new Map([...plan.quantities].map(([id, quantity]) => [id, quantity.dimension]));
  const dimension = expression && checkFormula(source, node, expression, dimensions);
  if (!expression || !dimension) return undefined;
  if (baseUnitSymbol(dimension) !== 'req/s') {
    return source.report('UNIT', node, `${what} should be in \`req/s\``, {
      help: 'as in `7,000 req/s` or `traffic.requests.peak`',
    });
  }
  const rate = values.evaluate(expression);
  if (rate > 0 && rate <= MAX_RATE_PER_S) return rate;
  return source.report('RANGE', node, `${what} should lie above 0 and be at most ${MAX_RATE_PER_S} req/s`);
}

function readTarget({ source, plan }: Context, node: Node): string | undefined {
  const text = source.text_of(node, '`target`');
  const tiers = new Set(plan.steps.flatMap((step) => step.tiers.map((tier) => tier.id)));
  if (text === undefined || tiers.has(text)) return text;
  const near = nearest(text, tiers);
  const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...tiers].join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `no tier is called \`${text}\``, { help });
}

function readMix({ source, plan }: Context, node: Node): Map<string, number> {
  if (node === undefined) return new Map(plan.requests.map((request) => [request.name, request.share]));
  const known = plan.requests.map((request) => request.name);
  const mix = new Map<string, number>();
  for (const entry of source.entries(node, '`mix`', known)) {
    const text = source.text_of(entry.value, 'a share');
    const literal = text === undefined ? undefined : parseLiteral(text);
    if (literal && !isLiteralError(literal) && literal.dimension.size === 0 && literal.value >= 0)
      mix.set(entry.key, literal.value);
    else if (literal) source.report('TYPE', entry.value, 'a share should be a percentage', { help: 'as in `80 %`' });
  }
  const unread = isMap(node) && node.items.length > mix.size;
  const total = unread ? 1 : [...mix.values()].reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-9) {
    source.report('SHARES', node, `the shares add up to ${Number((total * 100).toFixed(6))} %, not 100 %`);
  }
  return mix;
}

function readCount(source: Source, node: Node, what: string, fallback: number): number {
  const text = node === undefined ? undefined : source.text_of(node, what);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100_000) return value;
  source.report('RANGE', node, `${what} should be a whole number from 1 to 100,000`);
  return fallback;
}
