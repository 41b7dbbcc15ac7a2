import { createRandom } from '../random/random.ts';
import { quantileFunction } from './distribution.ts';
import type { Range } from './range.ts';

/** An uncertain input; its `id` names its stream of random numbers. */
export interface UncertainInput {
  readonly id: string;
  readonly range: Range;
}

/** Computes all outputs at one point. Both arrays are used again for the next point; an output not set becomes NaN. */
export type Evaluate = (inputs: Float64Array, outputs: Float64Array) => void;

export interface Sampling {
  readonly inputs: readonly UncertainInput[];
  /** How many outputs `evaluate` sets. */
  readonly outputs: number;
  /** How many points to draw: 1 to 1,000,000. */
  readonly samples: number;
  readonly seed: number;
  readonly evaluate: Evaluate;
}

/** One column per input and per output, in their order; row i of every column belongs to the same point. */
export interface Sampled {
  readonly inputs: readonly Float64Array[];
  readonly outputs: readonly Float64Array[];
}

/** Up to here the arithmetic of `latinHypercube` is exact, so that no probability becomes 0 or 1. */
const SAMPLES_MAX = 1_000_000;

/**
 * Draws points by Latin hypercube sampling and evaluates each: every input is drawn once in each of `samples` strata of
 * equal probability, in an order that is independent of the other inputs. The stream of an input depends on the seed and
 * its id alone, so that one more input moves no other. 8 bytes per sample and column.
 * Throws a RangeError for a number of samples outside of 1 to 1,000,000, for an id that occurs twice and for a range that
 * is none (see `quantileOf`).
 * Literature: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239-245.
 */
export function sample({ inputs, outputs, samples, seed, evaluate }: Sampling): Sampled {
  check(inputs, samples);
  const inputColumns = inputs.map((input) => drawColumn(input, samples, seed));
  const outputColumns = Array.from({ length: outputs }, () => new Float64Array(samples));
  const point = new Float64Array(inputs.length);
  const result = new Float64Array(outputs);
  for (let i = 0; i < samples; i++) {
    readRow(inputColumns, i, point);
    // Otherwise an output that was left out would keep the value of the point before.
    result.fill(NaN);
    evaluate(point, result);
    writeRow(outputColumns, i, result);
  }
  return { inputs: inputColumns, outputs: outputColumns };
}

function readRow(columns: readonly Float64Array[], i: number, row: Float64Array): void {
  for (let j = 0; j < columns.length; j++) row[j] = columns[j]?.[i] ?? NaN;
}

// By index: an iterator over the columns takes as long as all the rest of the sampling.
function writeRow(columns: readonly Float64Array[], i: number, row: Float64Array): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j];
    if (column) column[i] = row[j] ?? NaN;
  }
}

function check(inputs: readonly UncertainInput[], samples: number): void {
  if (!(Number.isInteger(samples) && samples >= 1 && samples <= SAMPLES_MAX)) {
    throw new RangeError(`the number of samples is a whole number from 1 to ${SAMPLES_MAX}, not ${samples}`);
  }
  const ids = new Set<string>();
  for (const { id } of inputs) {
    if (ids.has(id)) throw new RangeError(`two inputs are called ${id}: they would be drawn alike`);
    ids.add(id);
  }
}

function drawColumn({ id, range }: UncertainInput, samples: number, seed: number): Float64Array {
  const quantile = quantileFunction(range);
  return latinHypercube(samples, seed, `uncertainty:${id}`).map(quantile);
}

/** Probabilities in (0, 1), one in each of n equal strata, in random order. */
function latinHypercube(n: number, seed: number, stream: string): Float64Array {
  const random = createRandom(seed, stream);
  const column = new Float64Array(n).map((_, stratum) => stratum);
  // Fisher-Yates shuffle.
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const stratum = column[j] ?? 0;
    column[j] = column[i] ?? 0;
    column[i] = stratum;
  }
  // 32 bits and a half lie strictly within the stratum, and together with its number they fit into 53 bits.
  return column.map((stratum) => (stratum + (random.uint32() + 0.5) / 2 ** 32) / n);
}
