import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { baseUnitSymbol, isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Budget, CostItem, Quantity, TierFormula } from './plan.ts';
import { readCheckedFormula } from './read-formula.ts';
import type { FormulaContext } from './read-formula.ts';
import { readTexts } from './read-quantities.ts';
import { readCount } from './read-scalars.ts';

/** Money a second: what every running cost comes to. */
export const RUNNING_COST: Dimension = new Map([
  ['money', 1],
  ['time', -1],
]);

/** Reads `cost`: which steps pay for what. The formulas themselves were read with the quantities. */
export function readCosts(source: Source, node: Node, quantities: ReadonlyMap<string, Quantity>): CostItem[] {
  if (node === undefined) return [];
  return source.entries(node, '`cost`').flatMap(({ key, value }) => {
    const quantity = quantities.get(`cost.${key}`);
    if (!quantity) return [];
    if (!sameDimension(quantity.dimension, RUNNING_COST)) {
      const is = show(quantity.dimension);
      const help = 'multiply by the rate at which it is used, as in GB/s × $/GB';
      return source.report('DIMENSION', value, `\`${key}\` comes out in ${is}, not in money per time`, { help }) ?? [];
    }
    const fields =
      value !== undefined && 'items' in value
        ? source.fields(value, `\`cost.${key}\``, ['formula', 'from', 'until', 'unit', 'title', 'source', 'note'])
        : {};
    const from = readCount(source, fields['from'], '`from`');
    const until = readCount(source, fields['until'], '`until`');
    if (from !== undefined && until !== undefined && until < from) {
      source.report('UPSIDE_DOWN', fields['until'], `\`${key}\` ends before it begins`);
    }
    return [
      { quantity: quantity.id, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) },
    ];
  });
}

/** The price of an instance has to be money per time, for counted instances or for all of them. */
export function checkPrice(source: Source, node: Node, price: TierFormula): void {
  const rest = [...price.dimension].filter(([name]) => name !== 'money' && name !== 'time');
  const isPrice = price.dimension.get('money') === 1 && price.dimension.get('time') === -1;
  if (isPrice && rest.every(([, exponent]) => exponent === -1) && rest.length <= 1) return;
  const help = 'write `$500/server/month`';
  source.report('DIMENSION', node, `this price comes out in ${show(price.dimension)}, not in money per time`, { help });
}

/** Reads `budgets`: limits on time that a sum of quantities has to keep. */
export function readBudgets(context: FormulaContext, node: Node): Budget[] {
  const { source, dimensions } = context;
  if (node === undefined) return [];
  return source.entries(node, '`budgets`').flatMap(({ key, value }) => {
    const fields = source.fields(
      value,
      `budget \`${key}\``,
      ['limit', 'terms', 'title', 'source', 'note'],
      ['limit', 'terms'],
    );
    const limit = readCheckedFormula(context, fields['limit'], '`limit`');
    const terms = fields['terms'] === undefined ? [] : source.items(fields['terms'], '`terms`');
    const names = terms.flatMap((item) => {
      const name = source.text_of(item, 'a term');
      if (name === undefined) return [];
      const dimension = dimensions.get(name);
      if (dimension === undefined) {
        const near = nearest(name, dimensions.keys());
        const help = near ? { help: `did you mean \`${near}\`?` } : {};
        source.report('UNKNOWN_NAME', item, `nothing is called \`${name}\``, help);
      } else if (dimension && limit && !sameDimension(dimension, limit.dimension)) {
        source.report('DIMENSION', item, `\`${name}\` is in ${show(dimension)}, the limit in ${show(limit.dimension)}`);
      }
      return [name];
    });
    const { title = key, source: from } = readTexts(source, fields);
    return limit ? [{ id: key, title, limit, terms: names, ...(from === undefined ? {} : { source: from }) }] : [];
  });
}

function show(dimension: Dimension): string {
  return isDimensionless(dimension) ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
}
