const TAIL = 0.025;
const STEPS = 60;

/**
 * Exact 95 % interval of a share from `count` of `of` independent trials: each end is where the count lies in a tail of 2.5 %.
 * Literature: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
 */
export function clopperPearson(count: number, of: number): { readonly low: number; readonly high: number } {
  const low = count === 0 ? 0 : solve((p) => 1 - atMost(count - 1, of, p) < TAIL);
  const high = count === of ? 1 : solve((p) => atMost(count, of, p) > TAIL);
  return { low, high };
}

/** The largest p for which a condition holds that holds for small ones alone. */
function solve(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** P(B <= k) for B ~ binomial(n, p). */
function atMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
