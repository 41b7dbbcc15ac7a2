import type { Node, Source } from '../document/source.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';
import type { Decision } from './decision.ts';

/** Reads a decision tree; undefined after what is wrong with it was reported. */
export function readDecision(source: Source, node: Node, _context: LessonContext): Decision | undefined {
  return source.report('TYPE', node, 'decisions cannot be read yet');
}
