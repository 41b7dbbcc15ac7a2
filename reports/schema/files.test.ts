import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { ENGINES } from '../../engines/index.ts';
import { InvalidInput } from '../../model/document/diagnostic.ts';
import type { Diagnostic } from '../../model/document/diagnostic.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { FILE_KINDS, fileJsonSchema, fileSchema } from './published.ts';
import type { FileKind } from './published.ts';

const engines = [...ENGINES.keys()];

function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}/${file}`);
}

interface Checked {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly issues: z.core.$ZodIssue[];
}

function check(kind: FileKind, text: string): Checked {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, lineCounter: lines });
  const result = fileSchema(kind, engines).safeParse(document.toJS());
  return { document, lines, issues: result.error?.issues ?? [] };
}

const ours: [FileKind, string][] = [
  ...yamlFiles('plans').map((file): [FileKind, string] => ['plan', file]),
  ...yamlFiles('plans/templates').map((file): [FileKind, string] => ['plan', file]),
  ...yamlFiles('plans/prices').map((file): [FileKind, string] => ['prices', file]),
  ...yamlFiles('scenarios').map((file): [FileKind, string] => ['scenario', file]),
];

describe('the schemas', () => {
  it.each(ours)('take the %s %s', (kind, file) => {
    expect(check(kind, readFileSync(file, 'utf8')).issues).toEqual([]);
  });

  it.each(FILE_KINDS)('are published as they are: %s', (kind) => {
    const published: unknown = JSON.parse(readFileSync(`schemas/${kind}.schema.json`, 'utf8'));
    // To write it anew: node cli/shop-plan.js schema <kind> > schemas/<kind>.schema.json, then npm run format.
    expect(published).toEqual(fileJsonSchema(kind, engines));
  });

  it.each(FILE_KINDS)('hold nothing that validators or editors stumble over: %s', (kind) => {
    const text = JSON.stringify(fileJsonSchema(kind, engines));
    // Formats are zod's own, and months such as `0: 5M users` are numbers for editors of YAML.
    expect(text).not.toMatch(/"format":|"propertyNames":\{[^}]*"type"/);
  });
});

/** Problems of shape: what a schema has to see as well. Others need the plan's names, units and sums. */
const SHAPE = /_(?:UNKNOWN_KEY|MISSING_KEY|TYPE|UNKNOWN_CHOICE)$/;
/** Of those, what hangs on units (`instances: 3 GB`), on the form of a number, on another key's word, or on another tier. */
const BEYOND =
  /^`instances` should be a count|^a distribution needs both ends|a whole number$|needs `(?:cv|stale|window)`$|^`cv` needs|alone$|needs a look-up$|cannot be told$/;

/** Places that an issue is about, as first and last lines; of a missing key that is the mapping which lacks it. */
function linesOf({ document, lines }: Checked, issue: z.core.$ZodIssue): [number, number][] {
  let path = issue.path.map(String);
  while (path.length > 0 && !document.hasIn(path)) path = path.slice(0, -1);
  const node = document.getIn(path, true);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const keys = isMap(node) ? node.items.map(({ key }) => key) : [];
  const nodes =
    unknown.length > 0 ? keys.filter((key) => isScalar(key) && unknown.includes(String(key.value))) : [node];
  return nodes.flatMap((each): [number, number][] => {
    if (!isNode(each) || !each.range) return [];
    const [start, end] = each.range;
    return [[lines.linePos(start).line, lines.linePos(Math.max(start, end - 1)).line]];
  });
}

function covers([from, to]: readonly [number, number], { line }: Diagnostic): boolean {
  return from <= line && line <= to;
}

describe('what is wrong in shape in tests/bad-input is wrong by the schema, at the same place', () => {
  it.each(yamlFiles('tests/bad-input/plan').filter((file) => !file.endsWith('/syntax.yaml')))('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    const checked = check('plan', text);
    const places = checked.issues.flatMap((issue) => linesOf(checked, issue));
    const problems = problemsOf(file, text).filter(({ code, message }) => SHAPE.test(code) && !BEYOND.test(message));
    const unseen = problems.filter((problem) => !places.some((place) => covers(place, problem)));
    expect(unseen).toEqual([]);
  });
});

function problemsOf(file: string, text: string): readonly Diagnostic[] {
  try {
    readPlan(file, text);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics;
    throw error;
  }
}
