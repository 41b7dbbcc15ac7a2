import { baseUnitSymbol, DIMENSIONLESS, isDimensionless, sameDimension } from '../../units/dimension.ts';
import type { Dimension } from '../../units/dimension.ts';

/** Why a function has no finite value for some arguments. */
export interface Refusal {
  /** `UNSTABLE` when work arrives faster than it is done, `RANGE` when an argument makes no sense. */
  readonly problem: 'UNSTABLE' | 'RANGE';
  readonly message: string;
  readonly help: string;
}

export type DimensionRule = (
  args: readonly Dimension[],
) => Dimension | { readonly wrong: string; readonly argument: number };

/**
 * A function that formulas may call. `dimension` gives the result's dimension or says, in words, what is wrong with the
 * arguments' ones; `apply` computes with values in base units: NaN for what `refuses` calls out of range, Infinity for
 * what it calls unstable.
 */
export interface FormulaFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  /** True when the last parameter may be repeated. */
  readonly variadic?: boolean;
  readonly formula: string;
  readonly source: string;
  readonly dimension: DimensionRule;
  refuses?(args: readonly number[]): Refusal | undefined;
  apply(args: readonly number[]): number;
}

/**
 * A function over a law that only takes sensible arguments: it is not called with those that `refuses` names, and what
 * it refuses by itself, a RangeError, becomes a refusal.
 */
export function guarded(
  definition: FormulaFunction & { readonly refuses: (args: readonly number[]) => Refusal | undefined },
): FormulaFunction {
  const attempt = (args: readonly number[]): number | Refusal => {
    try {
      return definition.apply(args);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { problem: 'RANGE', message: error.message, help: 'check what goes in' };
    }
  };
  return {
    ...definition,
    refuses: (args) => {
      const refusal = definition.refuses(args);
      if (refusal || args.some(Number.isNaN)) return refusal;
      const result = attempt(args);
      return typeof result === 'number' ? undefined : result;
    },
    apply: (args) => {
      if (args.some(Number.isNaN)) return NaN;
      const refusal = definition.refuses(args);
      if (refusal) return refusal.problem === 'UNSTABLE' ? Infinity : NaN;
      const result = attempt(args);
      return typeof result === 'number' ? result : NaN;
    },
  };
}

/** Laws that count take a step for each server or copy; more than this is a mistake, and would take for ever. */
const COUNT_MAX = 1_000_000;

/** What an argument may be, for `outOfDomain`. */
export type Domain = 'not negative' | 'positive' | 'share' | 'count';

/** The first argument that lies outside of its domain, as a refusal. NaN passes: it was refused where it arose. */
export function outOfDomain(
  parameters: readonly string[],
  domains: readonly Domain[],
  args: readonly number[],
): Refusal | undefined {
  for (const [index, value] of args.entries()) {
    const domain = domains[Math.min(index, domains.length - 1)];
    if (domain === undefined || Number.isNaN(value) || isIn(domain, value)) continue;
    const message = `\`${parameters[Math.min(index, parameters.length - 1)]}\` should be ${WORDS[domain]}, not ${value}`;
    return {
      problem: 'RANGE',
      message,
      help: domain === 'count' && value >= 1 && value <= COUNT_MAX ? 'round it with `ceil`' : 'check what goes in',
    };
  }
  return undefined;
}

const WORDS: Readonly<Record<Domain, string>> = {
  'not negative': 'a number from 0 up',
  positive: 'above 0',
  share: 'a share from 0 to 100 %',
  count: 'a whole number from 1 to a million',
};

function isIn(domain: Domain, value: number): boolean {
  if (domain === 'not negative') return value >= 0 && value < Infinity;
  if (domain === 'positive') return value > 0 && value < Infinity;
  if (domain === 'share') return value >= 0 && value <= 1;
  return Number.isSafeInteger(value) && value >= 1 && value <= COUNT_MAX;
}

/** All arguments of one dimension, which is the result's. */
export const allAlike: DimensionRule = (args) => {
  const first = args[0] ?? DIMENSIONLESS;
  const odd = args.findIndex((dimension) => !sameDimension(dimension, first));
  if (odd < 0) return first;
  return { wrong: `is in ${nameOf(args[odd])} while the first is in ${nameOf(first)}`, argument: odd };
};

/** What each argument has to be, for `takes`. */
export type Kind = 'plain' | 'count' | 'time' | 'rate' | 'any';

/** A rule that checks the kind of each argument (the last one for all further) and gives one result. */
export function takes(kinds: readonly Kind[], result: (args: readonly Dimension[]) => Dimension): DimensionRule {
  return (args) => {
    const wrong = args.findIndex((dimension, index) => !isOf(kinds[Math.min(index, kinds.length - 1)], dimension));
    if (wrong < 0) return result(args);
    const kind = kinds[Math.min(wrong, kinds.length - 1)] ?? 'any';
    return { wrong: `is in ${nameOf(args[wrong])}; it should be ${KIND_WORDS[kind]}`, argument: wrong };
  };
}

export const plain = (): Dimension => DIMENSIONLESS;

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  plain: 'a plain number or a share',
  count: 'a count or a plain number',
  time: 'a time, as in `20 ms`',
  rate: 'a rate, as in `req/s`',
  any: 'any quantity',
};

function isOf(kind: Kind | undefined, dimension: Dimension): boolean {
  const others = [...dimension].filter(([name]) => name !== 'time');
  const time = dimension.get('time') ?? 0;
  if (kind === 'plain') return isDimensionless(dimension);
  if (kind === 'count') return time === 0 && !isMeasured(dimension);
  if (kind === 'time') return time === 1 && others.every(([, exponent]) => exponent === -1);
  if (kind === 'rate') return time === -1;
  return true;
}

export function isMeasured(dimension: Dimension): boolean {
  return ['time', 'data', 'money'].some((unit) => dimension.has(unit));
}

export function nameOf(dimension: Dimension | undefined): string {
  const symbol = baseUnitSymbol(dimension ?? DIMENSIONLESS);
  return symbol === '' ? 'a plain number' : `\`${symbol}\``;
}
