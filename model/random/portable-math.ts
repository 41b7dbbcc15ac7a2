/**
 * Logarithm and exponential from nothing but IEEE 754 additions, multiplications and divisions, which every platform
 * rounds alike. `Math.log`, `Math.exp` and `Math.pow` may differ in the last bit between JavaScript engines, and one bit
 * is enough for a seed to yield another run.
 */

/** Coefficients 1 / (2k + 1) of atanh, k = 0..11: enough below |s| = 0.1716 for full double precision. */
const ATANH = Array.from({ length: 12 }, (_, k) => 1 / (2 * k + 1));
/** Reciprocals of the factorials, 0..17: enough below |r| = ln(2) / 2. */
const EXP = Array.from({ length: 18 }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 1 / factorial;
});
const LN2 = 0.6931471805599453;

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}

/**
 * Natural logarithm of a positive, finite number: x = m 2^e with m in [0.7, 1.42), and
 * ln m = 2 atanh((m - 1) / (m + 1)) (Abramowitz & Stegun, 4.1.27). Within 2 units in the last place.
 */
export function ln(x: number): number {
  if (!(x > 0) || x === Infinity) throw new RangeError(`ln is defined for positive, finite numbers, not ${x}`);
  let mantissa = x;
  let exponent = 0;
  for (; mantissa >= 1.4142135623730951; exponent++) mantissa /= 2;
  for (; mantissa < 0.7071067811865476; exponent--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  return 2 * s * horner(ATANH, s * s) + exponent * LN2;
}

/** e^x for |x| up to 700: x = k ln 2 + r, Taylor's series for e^r, then k exact doublings or halvings. */
export function exp(x: number): number {
  if (!(Math.abs(x) <= 700)) throw new RangeError(`exp is defined for -700 to 700 here, not ${x}`);
  const k = Math.round(x / LN2);
  let result = horner(EXP, x - k * LN2);
  for (let i = 0; i < k; i++) result *= 2;
  for (let i = 0; i > k; i--) result /= 2;
  return result;
}
