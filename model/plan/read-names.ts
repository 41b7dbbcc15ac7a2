import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';

/** Reports a name that none of its kind has, with the nearest that one has, or all of them. */
export function reportUnknownName(
  source: Source,
  node: Node,
  kind: string,
  name: string,
  names: Iterable<string>,
  where = '',
): void {
  const all = [...names];
  const near = nearest(name, all);
  const help = near ? `did you mean \`${near}\`?` : all.length > 0 ? `there are: ${all.join(', ')}` : undefined;
  source.report('UNKNOWN_NAME', node, `no ${kind} is called \`${name}\`${where}`, help === undefined ? {} : { help });
}
