/** Checks of what a caller passes to a law: each returns the value, or throws a RangeError that names it. */

export function share(name: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is a share from 0 to 1, not ${value}`);
  return value;
}

export function nonNegative(name: string, value: number): number {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} is a finite number from 0, not ${value}`);
  return value;
}

export function positive(name: string, value: number): number {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} is a finite number above 0, not ${value}`);
  return value;
}

export function whole(name: string, value: number, least: number): number {
  if (!(Number.isSafeInteger(value) && value >= least))
    throw new RangeError(`${name} is a whole number from ${least}, not ${value}`);
  return value;
}

/** A percentile as a share: 0.95 for p95. */
export function percentile(value: number): number {
  if (!(value >= 0 && value < 1)) throw new RangeError(`a percentile is a share from 0 to below 1, not ${value}`);
  return value;
}
