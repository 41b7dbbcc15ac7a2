import { Source } from '../document/source.ts';
import type { Entry, Node } from '../document/source.ts';
import type { Expression } from '../formula/parse.ts';
import { parseFormula, isFormulaProblem } from '../formula/parse.ts';
import { nearest } from '../document/nearest.ts';
import { isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { UnitTable } from '../units/unit.ts';
import type { PriceBook, Quantity } from './plan.ts';
import { QUANTITY_ID, readTexts } from './read-quantities.ts';
import { readValue } from './read-value.ts';

/** The text of a price book by the name that a plan gives it; undefined when there is none. */
export type FindPriceBook = (name: string) => { readonly path: string; readonly text: string } | undefined;

interface Discount {
  readonly quantity: Quantity;
  readonly on: readonly string[];
}

interface Book {
  readonly title: string;
  readonly asOf: string;
  readonly items: ReadonlyMap<string, Quantity>;
  readonly discounts: ReadonlyMap<string, Discount>;
}

/** What a plan's `prices:` comes to: the book, and the quantities `price.…` and `discount.…`. */
export interface ReadPrices {
  readonly prices?: PriceBook;
  readonly quantities: ReadonlyMap<string, Quantity>;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const VALUE_KEYS = ['value', 'low', 'high', 'distribution', 'title', 'source', 'note'];

/**
 * Reads `prices` of a plan: which book, prices that the plan overrides, and the discounts that it applies.
 * @throws InvalidInput with every problem of the book, when there are any.
 */
export function readPrices(source: Source, node: Node, units: UnitTable, find: FindPriceBook): ReadPrices {
  const none: ReadPrices = { quantities: new Map() };
  if (node === undefined) return none;
  const fields = source.fields(node, '`prices`', ['book', 'override', 'discounts'], ['book']);
  const name = fields['book'] && source.text_of(fields['book'], '`book`');
  if (name === undefined) return none;
  const file = find(name);
  if (!file) {
    const help = 'price books are files in plans/prices; a path such as ./prices.yaml starts at the plan';
    source.report('UNKNOWN_NAME', fields['book'], `no price book is called \`${name}\``, { help });
    return none;
  }
  const book = readBook(file.path, file.text, units);
  const items = override(source, fields['override'], book, units);
  const applied = readApplied(source, fields['discounts'], book);
  const quantities = new Map([...asQuantities(book.discounts), ...discounted(items, book, applied)]);
  return { prices: { name, title: book.title, asOf: book.asOf, discounts: applied }, quantities };
}

function readBook(path: string, text: string, units: UnitTable): Book {
  const source = new Source(path, text, 'PRICES');
  source.throwIfInvalid();
  const keys = ['prices', 'title', 'as_of', 'items', 'discounts'];
  const fields = source.fields(source.root, 'a price book', keys, ['prices', 'as_of', 'items']);
  const name = (fields['prices'] && source.text_of(fields['prices'], '`prices`')) ?? '';
  const title = (fields['title'] && source.text_of(fields['title'], '`title`')) ?? name;
  const asOf = (fields['as_of'] && source.text_of(fields['as_of'], '`as_of`')) ?? '';
  if (fields['as_of'] && !DATE.test(asOf)) {
    source.report('TYPE', fields['as_of'], '`as_of` should be a date', { help: 'write it as in 2025-11-17' });
  }
  const entries = fields['items'] === undefined ? [] : source.entries(fields['items'], '`items`');
  const items = new Map(entries.map((entry) => [entry.key, readPrice(source, entry, units)]));
  const discounts = readDiscounts(source, fields['discounts'], items, units);
  source.throwIfInvalid();
  const complete = [...items].flatMap(([id, item]): [string, Quantity][] => (item ? [[id, item]] : []));
  return { title, asOf, items: new Map(complete), discounts };
}

function readPrice(source: Source, { key, keyNode, value }: Entry, units: UnitTable): Quantity | undefined {
  if (!QUANTITY_ID.test(key)) {
    const help = 'use lower case, digits and `_`, with dots between the parts: `app.server`';
    return source.report('TYPE', keyNode, `\`${key}\` is not a name`, { help });
  }
  const item = readItem(source, `price.${key}`, value, units);
  if (!item || item.dimension.has('money')) return item;
  const help = 'write `$0.12/GB` or `$500/server/month`';
  return source.report('DIMENSION', value, `\`${key}\` is not a price`, { help });
}

function readItem(
  source: Source,
  id: string,
  node: Node,
  units: UnitTable,
  extraKeys: readonly string[] = [],
): Quantity | undefined {
  const fields =
    node !== undefined && 'items' in node
      ? source.fields(node, `\`${id}\``, [...VALUE_KEYS, ...extraKeys], ['value'])
      : { value: node };
  const { value, low, high, distribution } = fields;
  if (value === undefined) return undefined;
  const read = readValue(source, { value, low, high, distribution }, units, id);
  if (!read) return undefined;
  const dimension = read.expression.kind === 'literal' ? read.expression.literal.dimension : new Map();
  return { id, kind: 'assumed', formula: source.slice(value), ...read, dimension, ...readTexts(source, fields) };
}

function readDiscounts(
  source: Source,
  node: Node,
  items: ReadonlyMap<string, Quantity | undefined>,
  units: UnitTable,
): Map<string, Discount> {
  const discounts = new Map<string, Discount>();
  if (node === undefined) return discounts;
  for (const entry of source.entries(node, '`discounts`')) {
    const quantity = readItem(source, `discount.${entry.key}`, entry.value, units, ['on']);
    const fields = source.fields(entry.value, `discount \`${entry.key}\``, [...VALUE_KEYS, 'on'], ['on']);
    const on = fields['on'] === undefined ? [] : source.items(fields['on'], '`on`');
    const names = on.flatMap((item) => {
      const name = source.text_of(item, 'an item');
      if (name === undefined || items.has(name)) return name === undefined ? [] : [name];
      const near = nearest(name, items.keys());
      source.report(
        'UNKNOWN_NAME',
        item,
        `the book has no item \`${name}\``,
        near ? { help: `did you mean \`${near}\`?` } : {},
      );
      return [];
    });
    if (quantity && (!isDimensionless(quantity.dimension) || valueOf(quantity) > 1)) {
      source.report('RANGE', entry.value, `\`${entry.key}\` should be a share, as in \`30 %\``);
    } else if (quantity) discounts.set(entry.key, { quantity, on: names });
  }
  return discounts;
}

function valueOf({ expression }: Quantity): number {
  return expression.kind === 'literal' ? expression.literal.value : Number.NaN;
}

/** The book's items with the plan's own prices in place of theirs. */
function override(source: Source, node: Node, book: Book, units: UnitTable): Map<string, Quantity> {
  const items = new Map(book.items);
  if (node === undefined) return items;
  for (const entry of source.entries(node, '`override`')) {
    const listed = items.get(entry.key);
    if (!listed) {
      const near = nearest(entry.key, items.keys());
      const help = near ? `did you mean \`${near}\`?` : `items: ${[...items.keys()].join(', ')}`;
      source.report('UNKNOWN_NAME', entry.keyNode, `the book has no item \`${entry.key}\``, { help });
      continue;
    }
    const own = readItem(source, `price.${entry.key}`, entry.value, units);
    if (own && sameDimension(own.dimension, listed.dimension)) items.set(entry.key, own);
    else if (own) {
      const help = `the book has ${listed.formula}`;
      source.report('DIMENSION', entry.value, `\`${entry.key}\` is priced in another unit`, { help });
    }
  }
  return items;
}

function readApplied(source: Source, node: Node, book: Book): string[] {
  if (node === undefined) return [];
  return source.items(node, '`discounts`').flatMap((item) => {
    const name = source.text_of(item, 'a discount');
    if (name === undefined || book.discounts.has(name)) return name === undefined ? [] : [name];
    const near = nearest(name, book.discounts.keys());
    const help = near ? `did you mean \`${near}\`?` : `discounts: ${[...book.discounts.keys()].join(', ') || 'none'}`;
    source.report('UNKNOWN_NAME', item, `the book has no discount \`${name}\``, { help });
    return [];
  });
}

function asQuantities(discounts: ReadonlyMap<string, Discount>): [string, Quantity][] {
  return [...discounts.values()].map(({ quantity }) => [quantity.id, quantity]);
}

/** A price that discounts apply to is derived from its list price, so that an explanation shows both. */
function discounted(
  items: ReadonlyMap<string, Quantity>,
  book: Book,
  applied: readonly string[],
): [string, Quantity][] {
  return [...items].flatMap(([name, item]): [string, Quantity][] => {
    const own = applied.filter((discount) => book.discounts.get(discount)?.on.includes(name));
    if (own.length === 0) return [[item.id, item]];
    const list: Quantity = { ...item, id: `${item.id}.list` };
    const formula = [list.id, ...own.map((discount) => `(1 - discount.${discount})`)].join(' * ');
    const { dimension, title } = item;
    const reduced: Quantity = {
      id: item.id,
      kind: 'derived',
      formula,
      expression: parsed(formula),
      dimension,
      ...(item.expression.kind === 'literal' ? displayUnit(item.expression.literal, dimension) : {}),
      ...(title === undefined ? {} : { title }),
    };
    return [
      [list.id, list],
      [item.id, reduced],
    ];
  });
}

function displayUnit(
  literal: Extract<Expression, { kind: 'literal' }>['literal'],
  dimension: Dimension,
): Pick<Quantity, 'unit'> {
  return { unit: { dimension, factor: literal.factor, symbol: literal.unit } };
}

function parsed(formula: string): Expression {
  const expression = parseFormula(formula, UnitTable.standard);
  if (isFormulaProblem(expression)) throw new Error(`${formula}: ${expression.message}`);
  return expression;
}
