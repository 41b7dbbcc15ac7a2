import { z } from 'zod';

/**
 * Every mapping with fixed keys in a schema, by where it stands: `assume.*` is any value of `assume`, `phases[]` any item
 * of `phases`, `architecture[0]` the first.
 */
export function mappingsIn(schema: unknown, at = ''): Map<string, z.ZodObject> {
  if (schema instanceof z.ZodOptional) return mappingsIn(schema.unwrap(), at);
  if (schema instanceof z.ZodRecord) return mappingsIn(schema.valueType, `${at}.*`);
  if (schema instanceof z.ZodArray) return mappingsIn(schema.element, `${at}[]`);
  if (schema instanceof z.ZodUnion) return merged(schema.options.map((option) => mappingsIn(option, at)));
  if (schema instanceof z.ZodTuple) {
    const { items, rest } = schema.def;
    return merged([...items.map((item, index) => mappingsIn(item, `${at}[${index}]`)), mappingsIn(rest, `${at}[]`)]);
  }
  if (!(schema instanceof z.ZodObject)) return new Map();
  const below = Object.entries(schema.shape).map(([key, value]) => mappingsIn(value, at === '' ? key : `${at}.${key}`));
  return merged([new Map([[at, schema]]), ...below]);
}

function merged(parts: readonly Map<string, z.ZodObject>[]): Map<string, z.ZodObject> {
  return new Map(parts.flatMap((part) => [...part]));
}
