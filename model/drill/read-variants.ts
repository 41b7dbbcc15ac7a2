import { nearest } from '../document/nearest.ts';
import type { Entry, Node, Source } from '../document/source.ts';
import type { Plan } from '../plan/plan.ts';
import { sameDimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Variant } from './drill.ts';

/** Reads `vary: { peak.factor: [2, 3, 5], … }`: every combination is a variation. Without it there is the plan's own. */
export function readVariants(source: Source, node: Node, plan: Plan): Variant[] {
  const axes = node === undefined ? [] : source.entries(node, '`vary`').map((entry) => readAxis(source, entry, plan));
  const combinations = axes.reduce<readonly string[][]>(
    (before, axis) => before.flatMap((settings) => axis.map((setting) => [...settings, setting])),
    [[]],
  );
  return combinations.map((settings) => ({ id: settings.join(', '), settings }));
}

/** The settings that one assumption may have. */
function readAxis(source: Source, { key, keyNode, value }: Entry, plan: Plan): string[] {
  const quantity = plan.quantities.get(key);
  if (!quantity) {
    const near = nearest(key, plan.quantities.keys());
    const help = near === undefined ? 'vary an assumption of the plan' : `did you mean \`${near}\`?`;
    source.report('UNKNOWN_NAME', keyNode, `nothing is called \`${key}\``, { help });
    return [];
  }
  if (quantity.kind === 'derived') {
    const help = `it is \`${quantity.formula}\`; vary what it rests on`;
    source.report('TYPE', keyNode, `\`${key}\` is no assumption`, { help });
    return [];
  }
  const items = source.items(value, `\`${key}\``);
  return items.flatMap((item) => {
    const text = source.text_of(item, `a value of \`${key}\``);
    const literal = text === undefined ? undefined : parseLiteral(text, plan.units);
    if (text === undefined || literal === undefined) return [];
    if (isLiteralError(literal)) {
      const { offset, length } = literal;
      source.report(literal.problem === 'unit' ? 'UNIT' : 'TYPE', item, literal.message, {
        within: { offset, length },
      });
      return [];
    }
    if (sameDimension(literal.dimension, quantity.dimension)) return [`${key}=${text}`];
    const help = `write it as the plan does: \`${quantity.formula}\``;
    source.report('DIMENSION', item, `\`${text}\` is of another unit than \`${key}\``, { help });
    return [];
  });
}
