import type { Node } from '../document/source.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';
import type { Branch } from './decision.ts';
import { readLine } from './read-line.ts';

/** Where an answer leads, and where in the file that is said. */
export interface PlacedBranch {
  readonly branch: Branch;
  readonly node: Node;
}

/** Reads the `yes` or `no` of a question; undefined after what is wrong with it was reported. */
export function readBranch(context: LessonContext, node: Node, what: string): PlacedBranch | undefined {
  if (node === undefined) return undefined;
  const { source } = context;
  const fields = source.fields(node, what, ['to', 'because'], ['to', 'because']);
  const to = fields['to'] && source.text_of(fields['to'], '`to`');
  const because = readLine(context, fields['because'], '`because`');
  if (to === undefined) return undefined;
  // Without its reason it still leads somewhere, which is checked; the file is refused all the same.
  return { branch: { to, because: because ?? '' }, node: fields['to'] };
}
