/**
 * A dimension is a product of powers of base dimensions: time, data, money, and counted things (req, user, server, …).
 * Counted things are dimensions of their own, so that adding requests to servers is an error, not a number.
 */
export type Dimension = ReadonlyMap<string, number>;

export const DIMENSIONLESS: Dimension = new Map();

export function base(name: string): Dimension {
  return new Map([[name, 1]]);
}

/** a × b^power. */
export function multiply(a: Dimension, b: Dimension, power = 1): Dimension {
  const product = new Map(a);
  for (const [name, exponent] of b) {
    const sum = (product.get(name) ?? 0) + exponent * power;
    if (sum === 0) product.delete(name);
    else product.set(name, sum);
  }
  return product;
}

export function power(a: Dimension, exponent: number): Dimension {
  return multiply(DIMENSIONLESS, a, exponent);
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  if (a.size !== b.size) return false;
  for (const [name, exponent] of a) if (b.get(name) !== exponent) return false;
  return true;
}

export function isDimensionless(a: Dimension): boolean {
  return a.size === 0;
}

const BASE_SYMBOLS: Readonly<Record<string, string>> = { time: 's', data: 'B', money: 'USD' };

/** The dimension in base units, e.g. `req/s`, `B`, `USD/s`; empty when dimensionless. */
export function baseUnitSymbol(dimension: Dimension): string {
  const part = ([name, exponent]: [string, number]): string => {
    const symbol = BASE_SYMBOLS[name] ?? name;
    return Math.abs(exponent) === 1 ? symbol : `${symbol}^${Math.abs(exponent)}`;
  };
  // Time comes last below the line: `req/user/s`, as people write it.
  const order = (name: string): number => (name === 'time' ? 1 : 0);
  const sorted = [...dimension].toSorted((a, b) => order(a[0]) - order(b[0]));
  const above = sorted.filter(([, exponent]) => exponent > 0).map(part);
  const below = sorted.filter(([, exponent]) => exponent < 0).map(part);
  const head = above.length > 0 ? above.join('*') : below.length > 0 ? '1' : '';
  return [head, ...below].join('/');
}
