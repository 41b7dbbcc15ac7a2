import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments, parseDocument } from 'yaml';
import type { ParsedNode, Range, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { InvalidInput } from './diagnostic.ts';
import type { Diagnostic, Family, Place, Problem } from './diagnostic.ts';
import { nearest } from './nearest.ts';
import { offsetInScalar } from './offset-in-scalar.ts';

/** A value of the file with its place; `undefined` where there is none. */
export type Node = ParsedNode | undefined;

/** One key of a mapping: its name, the key's own node and the value's. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

export interface Report {
  readonly help?: string;
  /** Character offset and length inside the node's text, for problems within a formula or literal. */
  readonly within?: { readonly offset: number; readonly length: number };
  readonly related?: Diagnostic['related'];
}

/** What is left of `7,000 req/s` as a key when a comma split it. */
const SPLIT_NUMBER = /^\d{3}\b/;

/** True when a number with a thousands comma was split inside `{ }`; what was read of it is not what was meant. */
export function hasSplitNumber(node: Node): boolean {
  return isMap(node) && node.items.some(({ key }) => isScalar(key) && SPLIT_NUMBER.test(String(key.value)));
}

/** True when a formula with a call was split at a comma inside `{ }`: its bracket is not closed. */
function hasSplitFormula(map: YAMLMap.Parsed | undefined): boolean {
  const count = (text: string, sign: string): number => text.split(sign).length - 1;
  return (
    map?.flow === true &&
    map.items.some(({ value }) => isScalar(value) && count(String(value.value), '(') > count(String(value.value), ')'))
  );
}

/**
 * A YAML file being read: keeps every position and collects every problem, so that one reading reports all of them.
 * The accessors return undefined after they have reported what is wrong; callers carry on with the rest.
 */
export class Source {
  readonly path: string;
  readonly text: string;
  readonly root: Node;
  /** Of every document, where several were allowed; else the one. */
  readonly roots: readonly Node[];
  readonly diagnostics: Diagnostic[] = [];
  readonly #family: Family;
  readonly #lines = new LineCounter();

  /** With `several` the file may hold more than one document, with `---` between them. */
  constructor(path: string, text: string, family: Family, { several = false }: { several?: boolean } = {}) {
    this.path = path;
    this.text = text;
    this.#family = family;
    const options = { lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false };
    const documents = several ? [...parseAllDocuments(text, options)] : [parseDocument(text, options)];
    this.roots = documents.map(({ contents }) => contents ?? undefined);
    this.root = this.roots[0];
    for (const error of documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])) {
      const message = error.message.split('\n')[0] ?? error.message;
      this.#push('SYNTAX', this.#place(error.pos[0], 1), lowerFirst(message), {});
    }
  }

  /** Adds one problem at a node. */
  report(problem: Problem, node: Node, message: string, report: Report = {}): undefined {
    const place = report.within ? this.placeWithin(node, report.within.offset, report.within.length) : this.place(node);
    this.#push(problem, place, message, report);
    return undefined;
  }

  /** Throws `InvalidInput` with everything collected so far, if anything was. */
  throwIfInvalid(): void {
    if (this.diagnostics.length > 0) throw new InvalidInput(this.diagnostics, this.text);
  }

  place(node: Node): Place {
    const range: Range | null | undefined = node?.range;
    if (!range) return { line: 1, column: 1, length: 1 };
    const firstLine = this.text.slice(range[0], range[1]).split('\n')[0] ?? '';
    return this.#place(range[0], Math.max(1, firstLine.trimEnd().length));
  }

  /** A node's text as the file has it, without the quotes around a scalar. */
  slice(node: Node): string {
    const [start, end] = node?.range ?? [0, 0];
    const quotes = isQuoted(node) ? 1 : 0;
    return this.text.slice(start + quotes, end - quotes);
  }

  /** The place of some characters of a value, as far as they stand on one line; of lists and mappings as they are written. */
  placeWithin(node: Node, offset: number, length: number): Place {
    const at = isScalar(node)
      ? offsetInScalar(node as Scalar.Parsed, this.text, offset)
      : (node?.range?.[0] ?? 0) + offset;
    const lineEnd = this.text.indexOf('\n', at);
    return this.#place(at, Math.max(1, lineEnd < 0 ? length : Math.min(length, lineEnd - at)));
  }

  /** The entries of a mapping. Unknown keys (when `known` is given) and repeated ones are reported and left out. */
  entries(node: Node, what: string, known?: readonly string[]): Entry[] {
    const map = this.#map(node, what);
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (const pair of map?.items ?? []) {
      const keyNode = pair.key;
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      if (known && !known.includes(key)) {
        const near = nearest(key, known);
        const split = hasSplitFormula(map) ? 'formula' : SPLIT_NUMBER.test(key) ? 'number' : undefined;
        const otherwise = near ? `did you mean \`${near}\`?` : `known keys: ${known.join(', ')}`;
        const help = split ? `a comma ends a value inside \`{ }\`: put the ${split} in quotes` : otherwise;
        this.report('UNKNOWN_KEY', keyNode, `unknown key \`${key}\` in ${what}`, { help });
      } else if (seen.has(key)) {
        this.report('DUPLICATE', keyNode, `\`${key}\` appears twice in ${what}`, { help: 'remove one of them' });
      } else {
        seen.add(key);
        entries.push({ key, keyNode, value: pair.value ?? undefined });
      }
    }
    return entries;
  }

  /** A mapping as a record from known key to node; missing required keys are reported. */
  fields(node: Node, what: string, known: readonly string[], required: readonly string[] = []): Record<string, Node> {
    const fields: Record<string, Node> = {};
    for (const entry of this.entries(node, what, known)) fields[entry.key] = entry.value;
    for (const key of required) {
      if (fields[key] === undefined && isMap(node)) {
        this.report('MISSING_KEY', node, `${what} needs \`${key}\``, { help: `add \`${key}: …\`` });
      }
    }
    return fields;
  }

  items(node: Node, what: string): Node[] {
    if (isSeq(node)) return (node as YAMLSeq.Parsed).items;
    this.report('TYPE', node, `${what} should be a list`, { help: 'write `- …` lines, or `[a, b]`' });
    return [];
  }

  /** The text of a scalar exactly as it was written (numbers keep their digits). */
  text_of(node: Node, what: string): string | undefined {
    if (isScalar(node)) {
      const scalar = node as Scalar.Parsed;
      if (typeof scalar.value === 'string') return scalar.value;
      if (scalar.value !== null && scalar.value !== undefined) return scalar.source;
    }
    const help = isAlias(node) ? 'write the value out; aliases are not followed' : 'write a single value';
    return this.report('TYPE', node, `${what} should be a single value`, { help });
  }

  #map(node: Node, what: string): YAMLMap.Parsed | undefined {
    if (isMap(node)) return node as YAMLMap.Parsed;
    return this.report('TYPE', node, `${what} should be a mapping`, { help: 'write `key: value` lines' });
  }

  #place(offset: number, length: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), length };
  }

  /** A node that is read twice (a tier that several steps share) has its problem reported once. */
  #push(problem: Problem, place: Place, message: string, report: Report): void {
    const code = `${this.#family}_${problem}` as const;
    const same = (other: Diagnostic): boolean =>
      other.line === place.line && other.column === place.column && other.message === message;
    if (this.diagnostics.some(same)) return;
    this.diagnostics.push({
      code,
      severity: 'error',
      path: this.path,
      ...place,
      message,
      ...(report.help ? { help: report.help } : {}),
      ...(report.related ? { related: report.related } : {}),
    });
  }
}

function isQuoted(node: Node): boolean {
  return isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
