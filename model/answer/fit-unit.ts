import { baseUnitSymbol, isDimensionless, multiply, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Unit } from '../units/unit.ts';
import { isCount, isShare } from './asked-for.ts';
import type { AskedFor } from './asked-for.ts';

/** Things that are counted as each other when somebody answers in a hurry: the first stands for all. */
const ALIKE: readonly (readonly [string, ...string[]])[] = [
  ['req', 'query', 'search', 'page', 'message', 'job', 'event'],
  ['server', 'node', 'instance', 'replica', 'database', 'worker', 'shard', 'service', 'connection'],
];
const MEASURED = ['time', 'data', 'money'];

/**
 * A value that was given in `unit` in base units of what is asked for; undefined when it is something else. What was left out is taken from
 * the question: the thing that is counted (`7,000/s` for requests), and below the line what it is asked for (`$355,000` a month).
 */
export function fitUnit(value: number, unit: Unit, asked: AskedFor): number | undefined {
  if (sameDimension(unit.dimension, asked.dimension)) return value * unit.factor;
  if (isDimensionless(unit.dimension)) return undefined;
  if (fits(unit.dimension, asked)) return value * unit.factor;
  const below = belowTheLine(asked);
  if (below === undefined || !fits(multiply(unit.dimension, below.dimension), asked)) return undefined;
  return value * unit.factor * below.factor;
}

/** What is measured is the same, and what is counted is either the same or was left out; of a mere count it is called as one likes. */
function fits(given: Dimension, asked: AskedFor): boolean {
  if (!MEASURED.every((name) => (given.get(name) ?? 0) === (asked.dimension.get(name) ?? 0))) return false;
  if (isDimensionless(asked.dimension)) return !isShare(asked);
  if (isCount(asked)) return given.size === 1 && [...given.values()].every((exponent) => exponent === 1);
  const [mine, theirs] = [alike(given), alike(asked.dimension)];
  return [...mine].every(([name, exponent]) => theirs.get(name) === exponent);
}

/** Made of counted things alone. */
export function isCounted(dimension: Dimension): boolean {
  return MEASURED.every((name) => !dimension.has(name));
}

function alike(dimension: Dimension): Dimension {
  const stand = (name: string): string => ALIKE.find((group) => group.includes(name))?.[0] ?? name;
  let result: Dimension = new Map();
  for (const [name, exponent] of dimension) result = multiply(result, new Map([[stand(name), exponent]]));
  return result;
}

/** Of `$/month` the part from the slash on. */
function belowTheLine({ unit, units }: AskedFor): Unit | undefined {
  const slash = unit.indexOf('/');
  const below = slash < 0 ? undefined : units.parse(`1${unit.slice(slash)}`);
  return below === undefined || 'unknown' in below ? undefined : below;
}

/** What a unit measures, in words, for somebody who gave the wrong one. */
export function kindOf(dimension: Dimension): string {
  if (isDimensionless(dimension)) return 'a plain number';
  const symbol = baseUnitSymbol(dimension);
  const words: Readonly<Record<string, string>> = {
    s: 'a time',
    '1/s': 'a rate',
    B: 'an amount of data',
    'B/s': 'a bandwidth',
    USD: 'an amount of money',
    'USD/s': 'money over time',
  };
  return words[symbol] ?? `in \`${symbol}\``;
}
