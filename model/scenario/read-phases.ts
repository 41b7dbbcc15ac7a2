import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import { readSeconds } from '../plan/read-scalars.ts';
import type { Fields, ScenarioContext } from './read-context.ts';
import { readCount } from './read-count.ts';
import { readProbe } from './read-instruments.ts';
import { SHAPE_KEYS, readPieces } from './read-shape.ts';
import type { ScenarioPhase } from './scenario.ts';

const CLOSED_KEYS = ['users', 'think'];
const PROBE_KEYS = ['probe', 'with'];
const PHASE_KEYS = ['name', 'duration', ...SHAPE_KEYS, ...CLOSED_KEYS, 'judged', 'target', ...PROBE_KEYS];
const MAX_DURATION_S = 31 * 24 * 3600;

/** Reads `phases`: what happens, one after the other. Phases that are wrong are left out. */
export function readPhases(context: ScenarioContext, node: Node): ScenarioPhase[] {
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

function readPhase(context: ScenarioContext, node: Node): ScenarioPhase | undefined {
  const { source } = context;
  const fields = source.fields(node, 'a phase', PHASE_KEYS, ['name', 'duration']);
  const name = fields['name'] && source.text_of(fields['name'], '`name`');
  const duration_s = fields['duration'] && readTime(source, fields['duration'], '`duration`');
  if (duration_s && duration_s > MAX_DURATION_S) {
    source.report('RANGE', fields['duration'], 'a phase lasts 31 days at most');
  }
  const load = fields['probe'] ? readProbed(context, fields) : readLoad(context, node, fields, duration_s);
  const judged = fields['judged']
    ? choose(source, fields['judged'], '`judged`', ['yes', 'no', 'true', 'false'] as const)
    : 'yes';
  const target = fields['target'] && readTarget(context, fields['target']);
  if (!name || !duration_s || !load || !judged) return undefined;
  const on = judged === 'yes' || judged === 'true';
  return { name, duration_s, judged: on, ...load, ...(target ? { target } : {}) };
}

/** A probe decides by itself what it sends. */
function readProbed(
  { source, probes }: ScenarioContext,
  fields: Fields,
): Pick<ScenarioPhase, 'pieces' | 'closed' | 'probe'> | undefined {
  for (const key of [...SHAPE_KEYS, ...CLOSED_KEYS, 'target']) {
    if (fields[key])
      source.report('UNKNOWN_KEY', fields[key], `\`${key}\` is for load, and a probe drives this phase`, {
        help: 'leave it out; what a probe takes stands under `with`',
      });
  }
  const probe = readProbe(source, fields['probe'], fields['with'], probes);
  return probe && { pieces: [], closed: null, probe };
}

/** Rates of a phase whose duration is wrong are read all the same, for what may be wrong with them. */
function readLoad(
  context: ScenarioContext,
  node: Node,
  fields: Fields,
  duration_s = 1,
): Pick<ScenarioPhase, 'pieces' | 'closed' | 'probe'> | undefined {
  if (fields['with'])
    context.source.report('UNKNOWN_KEY', fields['with'], '`with` is for a probe', {
      help: 'add `probe: …`, or leave it out',
    });
  const { closed, source, engine, otherEngines } = context;
  const wrong = (closed ? SHAPE_KEYS : CLOSED_KEYS).filter((key) => fields[key]);
  for (const key of wrong) {
    const message = closed
      ? `\`${key}\` is for arrivals at a rate, and \`${engine}\` holds none`
      : `\`${key}\` is for a closed loop, and \`${engine}\` holds a rate`;
    const help = otherEngines.length > 0 ? `use \`engine: ${otherEngines.join('` or `')}\`` : 'leave it out';
    source.report('UNKNOWN_KEY', fields[key], message, { help });
  }
  if (closed) {
    const users = readCount(source, fields['users'], '`users`', context.connections);
    const think_s = fields['think'] ? readSeconds(source, fields['think'], '`think`') : 0;
    return think_s === undefined ? undefined : { pieces: [], closed: { users, think_s } };
  }
  const pieces = readPieces(context, node, fields, duration_s);
  return pieces && { pieces, closed: null };
}

function readTarget({ source, plan }: ScenarioContext, node: Node): string | undefined {
  const text = source.text_of(node, '`target`');
  const tiers = new Set(plan.steps.flatMap((step) => step.tiers.map((tier) => tier.id)));
  if (text === undefined || tiers.has(text)) return text;
  const near = nearest(text, tiers);
  const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...tiers].join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `no tier is called \`${text}\``, { help });
}
