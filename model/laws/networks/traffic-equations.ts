import { nonNegative } from '../argument/argument.ts';
import { solveLinear } from './solve-linear.ts';

/** What a row of the routing matrix may miss to 1 by rounding alone. */
const ROUNDING = 1e-9;

/**
 * Traffic equations of an open network: the arrivals per second at each station, λ_j = γ_j + sum over i of λ_i P_ij,
 * from outside γ and from the other stations. `routing[i][j]` is the share of requests that go on from i to j; what a
 * row misses to 1 leaves the network. Throws a `RangeError` when the shapes do not fit, a share is negative, a row
 * exceeds 1, or requests can never leave from some station.
 *
 * Literature: J. R. Jackson, Operations Research 5 (1957) 518-521; G. Bolch et al., Queueing Networks and Markov
 * Chains, 2nd ed. 2006, ch. 7.
 */
export function trafficEquations(
  external_per_s: readonly number[],
  routing: readonly (readonly number[])[],
): readonly number[] {
  const n = external_per_s.length;
  if (routing.length !== n || routing.some((row) => row.length !== n)) {
    throw new RangeError(`the routing matrix is ${n} by ${n} for ${n} stations`);
  }
  for (const rate of external_per_s) nonNegative('external_per_s', rate);
  for (const [i, row] of routing.entries()) checkShares(i, row);
  checkWaysOut(routing);
  const matrix = routing.map((_, j) => routing.map((row, i) => (i === j ? 1 : 0) - (row[j] ?? 0)));
  return solveLinear(matrix, external_per_s);
}

function checkShares(station: number, row: readonly number[]): void {
  for (const share of row) nonNegative(`a share of routing row ${station}`, share);
  const sum = total(row);
  if (sum > 1 + ROUNDING) throw new RangeError(`routing row ${station} sends on at most 1, not ${sum}`);
}

/** Requests that go round for ever would make the equations singular, or nearly so after rounding. */
function checkWaysOut(routing: readonly (readonly number[])[]): void {
  const leaving = new Set<number>();
  let known = -1;
  while (leaving.size > known) {
    known = leaving.size;
    for (const [i, row] of routing.entries()) {
      if (total(row) < 1 - ROUNDING || row.some((share, j) => share > 0 && leaving.has(j))) leaving.add(i);
    }
  }
  const trapped = routing.findIndex((_, i) => !leaving.has(i));
  if (trapped >= 0) throw new RangeError(`requests at station ${trapped} can never leave the network`);
}

function total(row: readonly number[]): number {
  return row.reduce((sum, share) => sum + share, 0);
}
