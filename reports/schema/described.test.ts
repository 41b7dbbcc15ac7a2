import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FILE_KINDS, fileSchema } from './published.ts';
import { mappingsIn } from './testing/mappings-in.ts';

const keys = FILE_KINDS.flatMap((kind) =>
  [...mappingsIn(fileSchema(kind, ['open-loop']))].flatMap(([at, mapping]) =>
    Object.entries(mapping.shape).map(([name, schema]) => ({ place: `${kind}: ${at} ${name}`, schema })),
  ),
);

/** What a key says of itself, below the `optional()` around it. */
function about(schema: unknown): Record<string, unknown> {
  return schema instanceof z.ZodOptional ? about(schema.unwrap()) : ((schema as z.ZodType).meta() ?? {});
}

describe('each key of the schemas', () => {
  it('is one of many', () => expect(keys.length).toBeGreaterThan(150));

  it.each(keys)('$place says what it is, with examples that are right', ({ schema }) => {
    const { description, examples } = about(schema) as { description: string; examples: unknown[] };
    expect(description).toMatch(/^[A-Z`].*[^.]$/);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((example) => !schema.safeParse(example).success)).toEqual([]);
  });
});
