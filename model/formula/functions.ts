import { baseUnitSymbol, DIMENSIONLESS, isDimensionless, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';

/**
 * A function that formulas may call. `dimension` gives the result's dimension or says, in words, what is wrong with the
 * arguments' ones; `apply` computes with values in base units.
 */
export interface FormulaFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  /** True when the last parameter may be repeated. */
  readonly variadic?: boolean;
  readonly formula: string;
  readonly source: string;
  dimension(args: readonly Dimension[]): Dimension | { readonly wrong: string; readonly argument: number };
  apply(args: readonly number[]): number;
}

type DimensionRule = FormulaFunction['dimension'];

const allAlike: DimensionRule = (args) => {
  const first = args[0] ?? DIMENSIONLESS;
  const odd = args.findIndex((dimension) => !sameDimension(dimension, first));
  if (odd < 0) return first;
  return { wrong: `is in ${name(args[odd])} while the first is in ${name(first)}`, argument: odd };
};

// Rounding seconds or bytes up would depend on the base unit; only things that are counted can be rounded.
const counted: DimensionRule = (args) => {
  const dimension = args[0] ?? DIMENSIONLESS;
  const measured = ['time', 'data', 'money'].some((unit) => dimension.has(unit));
  return measured ? { wrong: `is in ${name(dimension)}, which is measured, not counted`, argument: 0 } : dimension;
};

function name(dimension: Dimension | undefined): string {
  const symbol = baseUnitSymbol(dimension ?? DIMENSIONLESS);
  return symbol === '' ? 'a plain number' : `\`${symbol}\``;
}

/** Numbers such as 8.4 that arithmetic made 9.000000000000002 round to 9, not 10. */
function ceil(value: number): number {
  return Math.ceil(value - Math.abs(value) * 1e-12);
}

const ARITHMETIC = 'arithmetic';

const LIST: readonly FormulaFunction[] = [
  {
    name: 'ceil',
    parameters: ['count'],
    formula: '⌈x⌉',
    source: ARITHMETIC,
    dimension: counted,
    apply: ([x = 0]) => ceil(x),
  },
  {
    name: 'floor',
    parameters: ['count'],
    formula: '⌊x⌋',
    source: ARITHMETIC,
    dimension: counted,
    apply: ([x = 0]) => -ceil(-x),
  },
  {
    name: 'min',
    parameters: ['a', 'b'],
    variadic: true,
    formula: 'min(a, b, …)',
    source: ARITHMETIC,
    dimension: allAlike,
    apply: (args) => Math.min(...args),
  },
  {
    name: 'max',
    parameters: ['a', 'b'],
    variadic: true,
    formula: 'max(a, b, …)',
    source: ARITHMETIC,
    dimension: allAlike,
    apply: (args) => Math.max(...args),
  },
  {
    name: 'servers',
    parameters: ['rate', 'rate_per_server', 'margin'],
    formula: '⌈rate × (1 + margin) / rate_per_server⌉',
    source: 'utilisation law: Lazowska et al., Quantitative System Performance, 1984, ch. 3',
    dimension: ([rate = DIMENSIONLESS, each = DIMENSIONLESS, margin = DIMENSIONLESS]) =>
      isDimensionless(margin)
        ? counted([multiply(rate, each, -1)])
        : { wrong: `is in ${name(margin)}; write it as a share, as in \`20 %\``, argument: 2 },
    apply: ([rate = 0, each = 1, margin = 0]) => ceil((rate * (1 + margin)) / each),
  },
];

/** The documented library of functions that formulas may call, by name. */
export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map(LIST.map((entry) => [entry.name, entry]));
