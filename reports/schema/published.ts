import { z } from 'zod';
import { PLAN_FILE } from './plan.ts';
import { PRICE_BOOK_FILE } from './price-book.ts';
import { scenarioFile } from './scenario.ts';

export const FILE_KINDS = ['plan', 'prices', 'scenario'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const TITLES: Readonly<Record<FileKind, string>> = {
  plan: 'A plan of shop-plan',
  prices: 'A price book of shop-plan',
  scenario: 'A scenario of shop-plan',
};

/** What a file of a kind has to look like. */
export function fileSchema(kind: FileKind, engines: readonly string[]): z.ZodObject {
  switch (kind) {
    case 'plan':
      return PLAN_FILE;
    case 'prices':
      return PRICE_BOOK_FILE;
    case 'scenario':
      return scenarioFile(engines);
  }
}

/**
 * The published JSON Schema (draft 2020-12) of a kind of file, for editors and other programs. It holds a file's shape:
 * keys, words, and how numbers are written. Names, units and sums are what the readers check beyond it.
 */
export function fileJsonSchema(kind: FileKind, engines: readonly string[]): object {
  const schema = fileSchema(kind, engines).meta({ title: TITLES[kind] });
  return z.toJSONSchema(schema, { target: 'draft-2020-12', override: ({ jsonSchema }) => namesOfAnyType(jsonSchema) });
}

/** Names are strings in JSON, but `0: 5M users` has a number for editors of YAML. */
function namesOfAnyType(schema: z.core.JSONSchema.BaseSchema): void {
  if (typeof schema.propertyNames !== 'object') return;
  delete schema.propertyNames.type;
  if (Object.keys(schema.propertyNames).length === 0) delete schema.propertyNames;
}
