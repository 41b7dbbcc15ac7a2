import type { EstimatedQuantity } from '../model/estimate/estimate.ts';
import type { Explanation } from '../model/estimate/explain.ts';
import type { Spread } from '../model/estimate/spread.ts';
import { amountOrUnstable, amountText } from './amount-text.ts';
import type { Block, DataRow, ReportDocument, TreeBlock } from './document.ts';
import { rangeText } from './estimate-document.ts';
import { wholePercent } from './spread-text.ts';

/** A derivation as an indented tree: value, formula, and for assumptions where they come from; then its spread. */
export function explanationDocument(explanation: Explanation): ReportDocument {
  const { quantity } = explanation;
  return [
    { kind: 'tree', name: 'derivation', lines: treeOf(explanation), data: dataOf(explanation) },
    ...(quantity.spread ? spreadBlocks(quantity, quantity.spread) : []),
  ];
}

function treeOf(explanation: Explanation): TreeBlock['lines'] {
  const lines: TreeBlock['lines'][number][] = [];
  const draw = ({ quantity, inputs, repeated }: Explanation, lead: string, branch: string): void => {
    const below = branch === '' ? lead : `${lead}${branch === '└─ ' ? '   ' : '│  '}`;
    const under = `${below}${inputs.length > 0 ? '│  ' : '   '}`;
    const value = amountText(quantity.value, quantity.unit);
    lines.push({
      lead: `${lead}${branch}`,
      under: `${under}  `,
      text: `${quantity.id} = ${value}${originOf(quantity, repeated)}`,
    });
    const more = [repeated || quantity.formula === undefined ? undefined : `= ${quantity.formula}`, quantity.note];
    for (const text of more) if (text !== undefined) lines.push({ lead: under, under: `${under}  `, text });
    inputs.forEach((input, index) => draw(input, below, index === inputs.length - 1 ? '└─ ' : '├─ '));
  };
  draw(explanation, '', '');
  return lines;
}

/** Every quantity of the derivation once, in the order of the tree. */
function dataOf(explanation: Explanation): DataRow[] {
  const rows: DataRow[] = [];
  const visit = ({ quantity, inputs, repeated }: Explanation, depth: number): void => {
    const { id, value, unit, formula, source } = quantity;
    if (!repeated) rows.push({ depth, id, value, unit, formula: formula ?? null, source: source ?? null });
    for (const input of inputs) visit(input, depth + 1);
  };
  visit(explanation, 0);
  return rows;
}

/** Assumptions are marked: with their source, or as the plan's own. */
function originOf(quantity: EstimatedQuantity, repeated: boolean): string {
  if (repeated) return '  (see above)';
  if (quantity.formula !== undefined) return '';
  const range = quantity.range ? `; ${rangeText(quantity)}` : '';
  return quantity.source === undefined
    ? `  (assumed; the plan's own${range})`
    : `  (assumed; ${quantity.source}${range})`;
}

function spreadBlocks({ unit }: EstimatedQuantity, { p5, p50, p95, ranking, together }: Spread): Block[] {
  const shown = ranking.filter(({ share }) => share >= 0.005);
  const rest = 1 - shown.reduce((sum, { share }) => sum + share, 0);
  const rows = [
    ...shown.map(({ input, share }) => [input, wholePercent(share)]),
    ['together, and the rest', wholePercent(rest)],
  ];
  return [
    {
      kind: 'paragraph',
      text: `p5 ${amountOrUnstable(p5, unit)}, median ${amountOrUnstable(p50, unit)}, p95 ${amountOrUnstable(p95, unit)}`,
    },
    {
      kind: 'table',
      name: 'variance',
      columns: [{ title: 'the spread comes from' }, { title: 'share of variance', align: 'right' }],
      rows,
      data: [...ranking.map(({ input, share }) => ({ input, share })), { input: 'together', share: together }],
    },
  ];
}
