/**
 * Solves A x = b by Gaussian elimination with partial pivoting, O(n³). `matrix` is square, row by row; neither argument
 * is changed. Throws a `RangeError` when the shapes do not fit and when the matrix is singular.
 *
 * Literature: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. 2013, ch. 3.
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  if (matrix.length !== n || matrix.some((row) => row.length !== n)) {
    throw new RangeError(`the matrix is ${n} by ${n} for ${n} right-hand sides`);
  }
  const rows = matrix.map((row, i) => Float64Array.from([...row, right[i] ?? 0]));
  for (let column = 0; column < n; column++) eliminate(rows, column);
  return substituteBack(rows);
}

/** Brings the largest entry of the column onto the diagonal and clears the column below it. */
function eliminate(rows: Float64Array[], column: number): void {
  let best = column;
  for (let i = column + 1; i < rows.length; i++) {
    if (Math.abs(at(rows, i, column)) > Math.abs(at(rows, best, column))) best = i;
  }
  const pivot = rows[best];
  const top = rows[column];
  if (!pivot || !top || !(Math.abs(pivot[column] ?? 0) > 0)) throw new RangeError('the matrix is singular');
  rows[best] = top;
  rows[column] = pivot;
  for (const row of rows.slice(column + 1)) {
    const factor = (row[column] ?? 0) / (pivot[column] ?? 0);
    for (let j = column; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
  }
}

function substituteBack(rows: readonly Float64Array[]): number[] {
  const n = rows.length;
  const solution: number[] = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = at(rows, i, n);
    for (let j = i + 1; j < n; j++) rest -= at(rows, i, j) * (solution[j] ?? 0);
    solution[i] = rest / at(rows, i, i);
  }
  return solution;
}

function at(rows: readonly Float64Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
