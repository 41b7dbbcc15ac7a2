/** Tells whether a value that was read from a file is what it has to be. */
export type Shape<T> = (value: unknown) => value is T;

export const isText: Shape<string> = (value) => typeof value === 'string';
export const isFlag: Shape<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Shape<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

export function orNull<T>(is: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || is(value);
}

export function listOf<T>(is: Shape<T>): Shape<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(is);
}

export function recordOf<T>(is: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isObject(value) && Object.values(value).every(is);
}

/** An object with these fields; what else it has does no harm. */
export function fieldsOf<T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  return (value): value is T => isObject(value) && wrongField(value, fields) === undefined;
}

/** Name of the first field that is missing or not as it has to be. */
export function wrongField(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Shape<unknown>>>,
): string | undefined {
  return Object.entries(fields).find(([name, is]) => !is(value[name]))?.[0];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
