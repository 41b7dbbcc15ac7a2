import type { Node } from '../document/source.ts';
import type { TierKind } from '../topology/topology.ts';
import { BALANCES, DISCIPLINES, SHARDINGS } from './behaviour.ts';
import type { Behaviour, BreakerRule, CallRule, FailoverRule, LimitRule, ServiceRule } from './behaviour.ts';
import type { ShardingRule, ShedRule } from './behaviour.ts';
import type { TierFormula } from './plan.ts';
import { AMOUNTS, isNone, readAmount, readYes } from './read-amount.ts';
import { amountOf, shapeOf, wordOf } from './read-block.ts';
import type { BehaviourContext, Block } from './read-block.ts';
import { readCache, readReplication } from './read-copies.ts';
import { reportUnknownName } from './read-names.ts';
import { choose } from './read-requests.ts';
import { readCheckedFormula } from './read-formula.ts';

/** The keys of a tier that say how it behaves. */
export const BEHAVIOUR_KEYS = [
  'service',
  'balance',
  'sharding',
  'call',
  'limit',
  'shed',
  'cache',
  'replication',
  'failover',
  'redelivery',
];

/** Reads how a tier behaves. Tiers that a step calls or copies are checked when the step is complete. */
export function readBehaviour(
  context: BehaviourContext,
  id: string,
  kind: TierKind | undefined,
  fields: Readonly<Record<string, Node>>,
): Behaviour {
  const block = (key: string, known: readonly string[], required: readonly string[] = []): Block | undefined => {
    const node = fields[key];
    if (node === undefined || isNone(node)) return undefined;
    return { context, node, fields: context.source.fields(node, `\`${key}\` of \`${id}\``, known, required) };
  };
  const { balance } = fields;
  return {
    service: readService(block('service', SERVICE_KEYS), kind, context),
    balance: balance && !isNone(balance) ? (choose(context.source, balance, '`balance`', BALANCES) ?? null) : null,
    sharding: readSharding(block('sharding', ['by', 'shards'], ['shards'])),
    call: readCall(block('call', CALL_KEYS)),
    limit: readLimit(block('limit', ['rate', 'burst'], ['rate'])),
    shed: readShed(block('shed', ['waiting', 'keep'], ['waiting'])),
    cache: readCache(block('cache', ['entries', 'ttl', 'stampede', 'retry', 'beta', 'stale'], ['entries'])),
    replication: readReplication(block('replication', REPLICATION_KEYS, ['of', 'lag'])),
    failover: readFailover(block('failover', ['detection', 'promotion', 'standbys'], ['detection', 'promotion'])),
    redelivery: readRedelivery(context, fields['redelivery']),
  };
}

const SERVICE_KEYS = [
  'time',
  'servers',
  'work',
  'distribution',
  'cv',
  'values',
  'discipline',
  'concurrency',
  'queue',
  'holds_server',
  'network',
  'errors',
];
const CALL_KEYS = [
  'timeout',
  'attempts',
  'backoff',
  'multiplier',
  'backoff_max',
  'jitter',
  'pool',
  'optional',
  'breaker',
];
const REPLICATION_KEYS = [
  'of',
  'lag',
  'lag_distribution',
  'lag_cv',
  'read_your_writes',
  'window',
  'author_share',
  'synchronous',
];

function readService(found: Block | undefined, kind: TierKind | undefined, context: BehaviourContext): ServiceRule {
  const block = found ?? { context, node: undefined, fields: {} };
  const { fields } = block;
  const holdsServer = readYes(context.source, fields['holds_server'], '`holds_server`') ?? kind === 'worker';
  for (const key of ['time', 'distribution', 'cv']) {
    if (fields['values'] === undefined || fields[key] === undefined) continue;
    const help = 'write either of them';
    context.source.report('DUPLICATE', fields[key], `\`${key}\` is what \`values\` say already`, { help });
  }
  return {
    time: amountOf(block, 'time', 'span'),
    servers: amountOf(block, 'servers', 'count'),
    // Its unit is checked against the capacity.
    work: readCheckedFormula(context, fields['work'], '`work`') ?? null,
    distribution: shapeOf(block, 'distribution', 'cv'),
    cv: amountOf(block, 'cv', 'cv'),
    values: readValues(context, fields['values'], '`values`'),
    discipline: wordOf(block, 'discipline', DISCIPLINES, kind === 'express' ? 'processor-sharing' : 'fifo'),
    concurrency: amountOf(block, 'concurrency', 'count'),
    queue: amountOf(block, 'queue', 'countOrNone'),
    holdsServer,
    network: amountOf(block, 'network', 'time'),
    errors: amountOf(block, 'errors', 'share'),
  };
}

function readValues(context: BehaviourContext, node: Node, what: string): TierFormula[] {
  if (node === undefined) return [];
  const items = context.source.items(node, what);
  if ('items' in node && items.length === 0) context.source.report('TYPE', node, `${what} should not be empty`);
  return items.flatMap((item) => readAmount(context, item, `one of ${what}`, AMOUNTS.span) ?? []);
}

function readRedelivery(context: BehaviourContext, node: Node): TierFormula[] {
  if (node === undefined || isNone(node)) return [];
  const items = context.source.items(node, '`redelivery`');
  return items.flatMap((item) => readAmount(context, item, 'a delay of `redelivery`', AMOUNTS.time) ?? []);
}

function readSharding(block: Block | undefined): ShardingRule | null {
  if (!block) return null;
  const shards = amountOf(block, 'shards', 'count');
  const by = wordOf(block, 'by', SHARDINGS, 'consistent-hash');
  return shards && { by, shards };
}

function readCall(block: Block | undefined): CallRule | null {
  if (!block) return null;
  const { context, fields } = block;
  const rule: CallRule = {
    timeout: amountOf(block, 'timeout', 'span'),
    attempts: amountOf(block, 'attempts', 'count'),
    backoff: amountOf(block, 'backoff', 'time'),
    multiplier: amountOf(block, 'multiplier', 'factor'),
    backoffMax: amountOf(block, 'backoff_max', 'time'),
    jitter: readYes(context.source, fields['jitter'], '`jitter`') ?? false,
    pool: amountOf(block, 'pool', 'count'),
    optional: readYes(context.source, fields['optional'], '`optional`') ?? false,
    breaker: readBreaker(context, fields['breaker']),
  };
  const { backoff, backoffMax } = rule;
  const { values } = context;
  if (backoff && backoffMax && values.evaluate(backoffMax.expression) < values.evaluate(backoff.expression)) {
    const help = 'exchange them';
    context.source.report('UPSIDE_DOWN', fields['backoff_max'], '`backoff_max` is below `backoff`', { help });
  }
  return rule;
}

function readBreaker(context: BehaviourContext, node: Node): BreakerRule | null {
  if (node === undefined) return null;
  const keys = ['failures', 'calls', 'window', 'open'];
  const block = { context, node, fields: context.source.fields(node, '`breaker`', keys, keys) };
  const failures = amountOf(block, 'failures', 'share');
  const calls = amountOf(block, 'calls', 'count');
  const window = amountOf(block, 'window', 'span');
  const open = amountOf(block, 'open', 'span');
  return failures && calls && window && open && { failures, calls, window, open };
}

function readLimit(block: Block | undefined): LimitRule | null {
  const rate = block && amountOf(block, 'rate', 'rate');
  return rate ? { rate, burst: amountOf(block, 'burst', 'count') } : null;
}

function readShed(block: Block | undefined): ShedRule | null {
  if (!block) return null;
  const waiting = amountOf(block, 'waiting', 'countOrNone');
  const { source, classes } = block.context;
  const { keep } = block.fields;
  const kept = (keep === undefined ? [] : source.items(keep, '`keep`')).flatMap((item) => {
    const name = source.text_of(item, 'a request class');
    if (name !== undefined && !classes.has(name)) reportUnknownName(source, item, 'request class', name, classes);
    return name === undefined ? [] : [name];
  });
  return waiting && { waiting, keep: kept };
}

function readFailover(block: Block | undefined): FailoverRule | null {
  if (!block) return null;
  const detection = amountOf(block, 'detection', 'time');
  const promotion = amountOf(block, 'promotion', 'time');
  return detection && promotion && { detection, promotion, standbys: amountOf(block, 'standbys', 'countOrNone') };
}
