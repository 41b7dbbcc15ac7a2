/** Throws a `RangeError` unless `value` is finite and not negative. */
export function checkNonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} is a finite number of at least 0, not ${value}`);
}

/** Throws a `RangeError` unless `value` is finite and above zero. */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} is a finite number above 0, not ${value}`);
}

/** Throws a `RangeError` unless `value` counts something: 1, 2, 3, … */
export function checkCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new RangeError(`${name} is a whole number of at least 1, not ${value}`);
  }
}

/** Throws a `RangeError` unless `p` is a percentile as a share: 0.95 for p95, from 0 to below 1. */
export function checkPercentile(p: number): void {
  if (!(p >= 0 && p < 1)) throw new RangeError(`a percentile is a share from 0 to below 1, not ${p}`);
}
