import type { EstimatedQuantity } from '../model/estimate/estimate.ts';
import type { Explanation } from '../model/estimate/explain.ts';
import { amountText } from './estimate-text.ts';
import type { Style } from './style.ts';

/** A derivation as an indented tree: value, formula, and for assumptions where they come from. */
export function explanationText(explanation: Explanation, style: Style): string {
  const lines: string[] = [];
  const draw = ({ quantity, inputs, repeated }: Explanation, lead: string, branch: string): void => {
    lines.push(
      `${lead}${branch}${style.strong(quantity.id)} = ${amountText(quantity)}${style.dim(originOf(quantity, repeated))}`,
    );
    const below = branch === '' ? lead : `${lead}${branch === '└─ ' ? '   ' : '│  '}`;
    if (quantity.formula !== undefined && !repeated)
      lines.push(`${below}${inputs.length > 0 ? '│  ' : '   '}${style.dim(`= ${quantity.formula}`)}`);
    if (quantity.note !== undefined)
      lines.push(`${below}${inputs.length > 0 ? '│  ' : '   '}${style.dim(quantity.note)}`);
    inputs.forEach((input, index) => draw(input, below, index === inputs.length - 1 ? '└─ ' : '├─ '));
  };
  draw(explanation, '', '');
  return `${lines.join('\n')}\n`;
}

function originOf(quantity: EstimatedQuantity, repeated: boolean): string {
  if (repeated) return '  (see above)';
  if (quantity.formula !== undefined) return '';
  return quantity.source === undefined ? "  (assumed; the plan's own)" : `  (${quantity.source})`;
}
