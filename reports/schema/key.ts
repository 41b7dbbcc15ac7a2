import type { z } from 'zod';

/** A key of an input file: what it means, and examples of what to write. Editors show both, beside the key and its value. */
export function key<T extends z.ZodType>(
  schema: T,
  description: string,
  ...examples: readonly [unknown, ...unknown[]]
): T {
  return schema.meta({ description, examples });
}

/** A mapping in which `first` and `second` stand both or not at all. */
export function both<T extends z.ZodType>(schema: T, first: string, second: string): T {
  return schema
    .refine((value) => has(value, first) === has(value, second), `needs both \`${first}\` and \`${second}\``)
    .meta({ dependentRequired: { [first]: [second], [second]: [first] } });
}

/** A mapping in which at least one of two keys stands. */
export function either<T extends z.ZodType>(schema: T, first: string, second: string): T {
  return schema
    .refine((value) => has(value, first) || has(value, second), `needs \`${first}\` or \`${second}\``)
    .meta({ anyOf: [{ required: [first] }, { required: [second] }] });
}

/** A mapping in which exactly one of two keys stands. */
export function oneOf<T extends z.ZodType>(schema: T, first: string, second: string): T {
  return schema
    .refine((value) => has(value, first) !== has(value, second), `needs either \`${first}\` or \`${second}\``)
    .meta({ oneOf: [{ required: [first] }, { required: [second] }] });
}

function has(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value;
}
