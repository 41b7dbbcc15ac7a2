import { READ_YOUR_WRITES, STAMPEDES } from './behaviour.ts';
import type { CacheRule, ReplicationRule } from './behaviour.ts';
import { amountOf, shapeOf, wordOf } from './read-block.ts';
import type { Block } from './read-block.ts';

/** What only one choice of a word understands: `retry` is for `stampede: lock`. */
type Belongings = readonly (readonly [key: string, choice: string, needed: boolean])[];

const OF_STAMPEDE: Belongings = [
  ['retry', 'lock', false],
  ['beta', 'xfetch', false],
  ['stale', 'stale-while-revalidate', true],
];
const OF_READ_YOUR_WRITES: Belongings = [
  ['window', 'primary-within-window', true],
  ['author_share', 'primary-for-author', true],
];

/** Reads `cache`: entries that the tier keeps, by key. */
export function readCache(block: Block | undefined): CacheRule | null {
  if (!block) return null;
  const entries = amountOf(block, 'entries', 'count');
  const stampede = wordOf(block, 'stampede', STAMPEDES, 'none');
  checkBelongings(block, 'stampede', stampede, OF_STAMPEDE);
  const rule = {
    ttl: amountOf(block, 'ttl', 'span'),
    stampede,
    retry: amountOf(block, 'retry', 'span'),
    beta: amountOf(block, 'beta', 'plain'),
    stale: amountOf(block, 'stale', 'span'),
  };
  return entries && { entries, ...rule };
}

/** Reads `replication`: what makes a tier the replicas of another. */
export function readReplication(block: Block | undefined): ReplicationRule | null {
  if (!block) return null;
  const { context, fields } = block;
  const of = fields['of'] && context.source.text_of(fields['of'], '`of`');
  const lag = amountOf(block, 'lag', 'time');
  const readYourWrites = wordOf(block, 'read_your_writes', READ_YOUR_WRITES, 'none');
  checkBelongings(block, 'read_your_writes', readYourWrites, OF_READ_YOUR_WRITES);
  const rule = {
    lagDistribution: shapeOf(block, 'lag_distribution', 'lag_cv'),
    lagCv: amountOf(block, 'lag_cv', 'cv'),
    readYourWrites,
    window: amountOf(block, 'window', 'span'),
    authorShare: amountOf(block, 'author_share', 'share'),
    synchronous: amountOf(block, 'synchronous', 'countOrNone'),
  };
  return of !== undefined && lag ? { of, lag, ...rule } : null;
}

function checkBelongings({ context, node, fields }: Block, word: string, chosen: string, all: Belongings): void {
  const { source } = context;
  for (const [key, choice, needed] of all) {
    if (chosen === choice && needed && fields[key] === undefined)
      source.report('MISSING_KEY', fields[word] ?? node, `\`${choice}\` needs \`${key}\``, {
        help: `add \`${key}: …\``,
      });
    if (chosen !== choice && fields[key] !== undefined)
      source.report('MISSING_KEY', fields[key], `\`${key}\` is for \`${word}: ${choice}\` alone`, {
        help: `add \`${word}: ${choice}\``,
      });
  }
}
