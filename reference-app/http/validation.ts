import { z } from 'zod';
import { Problem } from './problem.ts';

/** PostgreSQL's text cannot hold U+0000: it must be refused here or it becomes a database error. */
const withoutNul = (text: string) => !text.includes('\0');

/** Text as a client may send it: trimmed, of bounded length, storable. */
export function text(min: number, max: number) {
  return z.string().trim().min(min).max(max).refine(withoutNul, 'must not contain U+0000');
}

/** An identifier in a path or query: a positive integer of at most 15 digits, so exact in JavaScript and a bigint in SQL. */
export const idText = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'must be a positive integer')
  .transform(Number);

export const id = z.int().min(1).max(999_999_999_999_999);

/** A whole number in a query string. */
export function countText(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

/** Reads input or throws a 400 that lists every problem with its path; values are not repeated in it. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  where: 'body' | 'query' | 'path' | 'header',
) {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new Problem(400, 'INVALID_INPUT', `the ${where} is not acceptable`, {
    details: result.error.issues.slice(0, 20).map((issue) => ({
      at: [where, ...issue.path].map(String).join('.'),
      problem: issue.message.slice(0, 200),
    })),
  });
}
