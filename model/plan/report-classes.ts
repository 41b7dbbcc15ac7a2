import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';
import { isInstrumentClass } from '../scenario/instrument.ts';
import type { RequestClass } from './plan.ts';

/** Reports request classes that a criterion or metric names but the plan does not have. */
export function reportUnknownClasses(
  source: Source,
  node: Node,
  text: string,
  classes: readonly string[],
  requests: readonly RequestClass[],
): void {
  const known = requests.map((request) => request.name);
  for (const name of classes) {
    // Those of instruments are held against them where there are any: when a scenario is read, or run.
    if (known.includes(name) || isInstrumentClass(name)) continue;
    const near = nearest(name, known);
    const help = near ? `did you mean \`${near}\`?` : `request classes: ${known.join(', ')}`;
    const within = { offset: Math.max(0, text.indexOf(name)), length: name.length };
    source.report('UNKNOWN_NAME', node, `no request class is called \`${name}\``, { help, within });
  }
}
