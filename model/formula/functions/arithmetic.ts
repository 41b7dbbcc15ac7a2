import { ln } from '../../random/portable-math.ts';
import { DIMENSIONLESS, isDimensionless, multiply } from '../../units/dimension.ts';
import { allAlike, isMeasured, nameOf, plain, takes } from './formula-function.ts';
import type { DimensionRule, FormulaFunction } from './formula-function.ts';

// Rounding seconds or bytes up would depend on the base unit; only things that are counted can be rounded.
const counted: DimensionRule = (args) => {
  const dimension = args[0] ?? DIMENSIONLESS;
  if (!isMeasured(dimension)) return dimension;
  return { wrong: `is in ${nameOf(dimension)}, which is measured, not counted`, argument: 0 };
};

/** Numbers such as 8.4 that arithmetic made 9.000000000000002 round to 9, not 10. */
function ceil(value: number): number {
  return Math.ceil(value - Math.abs(value) * 1e-12);
}

const ARITHMETIC = 'arithmetic';

export const ARITHMETIC_FUNCTIONS: readonly FormulaFunction[] = [
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
    name: 'mod',
    parameters: ['a', 'b'],
    formula: 'a − b ⌊a / b⌋',
    source: ARITHMETIC,
    dimension: allAlike,
    apply: ([a = 0, b = 1]) => a - b * Math.floor(a / b),
  },
  {
    name: 'sqrt',
    parameters: ['x'],
    formula: '√x',
    source: ARITHMETIC,
    dimension: takes(['plain'], plain),
    apply: ([x = 0]) => Math.sqrt(x),
  },
  {
    name: 'ln',
    parameters: ['x'],
    formula: 'ln x',
    source: ARITHMETIC,
    dimension: takes(['plain'], plain),
    apply: ([x = 0]) => (x > 0 && x < Infinity ? ln(x) : NaN),
  },
  {
    name: 'servers',
    parameters: ['rate', 'rate_per_server', 'margin'],
    formula: '⌈rate × (1 + margin) / rate_per_server⌉',
    source: 'utilisation law: Lazowska et al., Quantitative System Performance, 1984, ch. 3',
    dimension: ([rate = DIMENSIONLESS, each = DIMENSIONLESS, margin = DIMENSIONLESS]) =>
      isDimensionless(margin)
        ? counted([multiply(rate, each, -1)])
        : { wrong: `is in ${nameOf(margin)}; write it as a share, as in \`20 %\``, argument: 2 },
    apply: ([rate = 0, each = 1, margin = 0]) => ceil((rate * (1 + margin)) / each),
  },
];
