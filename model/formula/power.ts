import { exp, ln } from '../random/portable-math.ts';

/**
 * base^exponent, the same on every platform: whole exponents by repeated multiplication, others of a positive base by
 * exp(exponent ln base). NaN for a broken exponent of a negative base, Infinity beyond the range of numbers.
 */
export function powerOf(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1024) return wholePower(base, exponent);
  if (!(base > 0) || !Number.isFinite(base) || !Number.isFinite(exponent)) return base === 0 && exponent > 0 ? 0 : NaN;
  const logarithm = exponent * ln(base);
  if (logarithm > 700) return Infinity;
  return logarithm < -700 ? 0 : exp(logarithm);
}

function wholePower(base: number, exponent: number): number {
  let result = 1;
  let factor = base;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= factor;
    factor *= factor;
  }
  return exponent < 0 ? 1 / result : result;
}
