import type { Kept } from '../../../model/workload/journey-template.ts';

/** An answer as it came in; header names in lower case. */
export interface Answer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The values that are to be kept of an answer, as text; undefined when one of them is not there. */
export function keptOf(keep: readonly Kept[], answer: Answer): [name: string, value: string][] | undefined {
  let json: unknown;
  const values: [string, string][] = [];
  for (const { name, from, path } of keep) {
    if (from === 'body') json ??= parse(answer.body);
    const value = from === 'body' ? follow(json, path) : headerOf(answer, path[0] ?? '');
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    values.push([name, String(value)]);
  }
  return values;
}

/** What is no JSON holds no value. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function follow(json: unknown, path: readonly string[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function headerOf({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
