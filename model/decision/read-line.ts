import type { Node } from '../document/source.ts';
import { readText } from '../lesson/fill-text.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';

/** A text that is one paragraph, without the line ends of the file. */
export function readLine(context: LessonContext, node: Node, what: string): string | undefined {
  return readText(context, node, what)?.replaceAll(/\s+/g, ' ');
}
