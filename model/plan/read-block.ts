import type { Node } from '../document/source.ts';
import { SHAPES } from './behaviour.ts';
import type { Shape } from './behaviour.ts';
import type { TierFormula } from './plan.ts';
import { AMOUNTS, readAmount } from './read-amount.ts';
import type { AmountContext } from './read-amount.ts';
import { choose } from './read-requests.ts';

export interface BehaviourContext extends AmountContext {
  /** Request classes, the wrong ones included. */
  readonly classes: ReadonlySet<string>;
}

/** A block of a tier with its fields; undefined without one. */
export interface Block {
  readonly context: BehaviourContext;
  readonly node: Node;
  readonly fields: Readonly<Record<string, Node>>;
}

/** One number of a block; null when it is not there, or wrong. */
export function amountOf({ context, fields }: Block, key: string, kind: keyof typeof AMOUNTS): TierFormula | null {
  return readAmount(context, fields[key], `\`${key}\``, AMOUNTS[kind]) ?? null;
}

/** One of a few words of a block. */
export function wordOf<T extends string>({ context, fields }: Block, key: string, words: readonly T[], other: T): T {
  return fields[key] === undefined ? other : (choose(context.source, fields[key], `\`${key}\``, words) ?? other);
}

/** A distribution's shape, which has to have a `cv` exactly when it can be chosen. */
export function shapeOf(block: Block, key: string, cvKey: string): Shape {
  const shape = wordOf(block, key, SHAPES, 'exponential');
  const { context, fields, node } = block;
  const hasCv = shape === 'lognormal' || shape === 'gamma';
  if (hasCv && fields[cvKey] === undefined) {
    const help = `add \`${cvKey}: 1.5\`, standard deviation over mean`;
    context.source.report('MISSING_KEY', fields[key] ?? node, `\`${shape}\` needs \`${cvKey}\``, { help });
  }
  if (!hasCv && fields[cvKey] !== undefined) {
    const help = `add \`${key}: lognormal\` or \`gamma\``;
    context.source.report('MISSING_KEY', fields[cvKey], `\`${cvKey}\` needs a distribution with a choice`, { help });
  }
  return shape;
}
