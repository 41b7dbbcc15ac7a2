import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Literal } from '../units/literal.ts';
import type { ArchitectureStep, Claim, RequestClass, Statement } from './plan.ts';
import { readCheckedFormula } from './read-formula.ts';
import type { FormulaContext } from './read-formula.ts';
import { readMeasuredBy } from './read-measured-by.ts';
import { choose } from './read-requests.ts';

export const FINDINGS = ['holds', 'close', 'contradicted'] as const;
const BOUNDS = { '<=': 'at most', '>=': 'at least', '<': 'below', '>': 'above', '~': 'equal', '': 'equal' } as const;

const CLAIM_KEYS = [
  'document',
  'section',
  'says',
  'asks',
  'computed',
  'measured',
  'settled_by',
  'same_as',
  'known',
  'note',
];

interface Context extends FormulaContext {
  readonly documents: ReadonlyMap<string, string>;
  readonly requests: readonly RequestClass[];
  readonly steps: readonly ArchitectureStep[];
  /** Ids of claims of the plan that are not read this time. */
  readonly left: readonly string[];
}

/** Reads `claims`: what the documents say, each with what it should follow from or what measures it. */
export function readClaims(context: Context, node: Node): Claim[] {
  if (node === undefined) return [];
  const entries = context.source.entries(node, '`claims`');
  const ids = new Set([...entries.map(({ key }) => key), ...context.left]);
  return entries.flatMap((entry) => {
    const claim = readClaim(context, entry.key, entry.value, ids);
    return claim ? [claim] : [];
  });
}

function readClaim(context: Context, id: string, node: Node, ids: ReadonlySet<string>): Claim | undefined {
  const { source } = context;
  const fields = source.fields(node, `claim \`${id}\``, CLAIM_KEYS, ['document', 'section', 'says']);
  const document = fields['document'] && readDocument(context, fields['document']);
  const section = fields['section'] && source.text_of(fields['section'], '`section`');
  const says = fields['says'] && readStatement(context, fields['says']);
  const computed = says && fields['computed'] ? readComputed(context, fields['computed'], says) : undefined;
  const measured = says && fields['measured'] ? readMeasuredBy(context, fields['measured']) : undefined;
  const finding = fields['known'] ? choose(source, fields['known'], '`known`', FINDINGS) : 'holds';
  const settledBy = fields['settled_by'] ? source.text_of(fields['settled_by'], '`settled_by`') : undefined;
  const sameAs = fields['same_as'] ? readSameAs(source, fields['same_as'], ids) : [];
  const asks = fields['asks'] ? source.text_of(fields['asks'], '`asks`') : undefined;
  const note = fields['note'] ? source.text_of(fields['note'], '`note`') : undefined;
  if (!document || !section || !says || !finding) return undefined;
  const readings = { ...(computed && { computed }), ...(measured && { measured }), ...(settledBy && { settledBy }) };
  return {
    id,
    document,
    section,
    says,
    known: finding,
    sameAs,
    ...readings,
    ...(asks && { asks }),
    ...(note && { note }),
  };
}

function readDocument({ source, documents }: Context, node: Node): string | undefined {
  const id = source.text_of(node, '`document`');
  if (id === undefined || documents.has(id)) return id;
  const near = nearest(id, documents.keys());
  const help = near ? `did you mean \`${near}\`?` : `documents: ${[...documents.keys()].join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `no document is called \`${id}\``, { help });
}

/** Claims of other plans are only known to an audit of several. */
function readSameAs(source: Source, node: Node, ids: ReadonlySet<string>): string[] {
  return source.items(node, '`same_as`').flatMap((item) => {
    const id = source.text_of(item, 'a claim');
    if (id === undefined || id.includes('/') || ids.has(id)) return id === undefined ? [] : [id];
    const near = nearest(id, ids);
    const help = near ? `did you mean \`${near}\`?` : 'for a claim of another plan write `plan/claim`';
    source.report('UNKNOWN_NAME', item, `no claim is called \`${id}\``, { help });
    return [];
  });
}

function readStatement(context: Context, node: Node): Statement | undefined {
  const text = context.source.text_of(node, '`says`');
  if (text === undefined) return undefined;
  const [prefix = '', sign = ''] = /^\s*(<=|>=|<|>|~|)\s*/.exec(text) ?? [];
  const bound = BOUNDS[sign as keyof typeof BOUNDS];
  const at = text.indexOf('..');
  if (at < 0) {
    const literal = readFigure(context, node, text, prefix.length);
    return literal && { text, bound, literal };
  }
  const upper = readFigure(context, node, text, at + 2);
  const low = text.slice(prefix.length, at);
  const bare = parseLiteral(low, context.units);
  const unit = upper && !isLiteralError(bare) && bare.writtenUnit === '' ? ` ${upper.writtenUnit}` : '';
  const literal = upper && readFigure(context, node, `${text.slice(0, at)}${unit}`, prefix.length);
  if (!upper || !literal) return undefined;
  if (!sameDimension(literal.dimension, upper.dimension)) {
    return context.source.report('DIMENSION', node, 'the two ends of this range are of different units');
  }
  if (literal.value <= upper.value) return { text, bound: 'between', literal, upper };
  return context.source.report('UPSIDE_DOWN', node, 'this range is upside down', { help: 'exchange the two ends' });
}

/** The figure that stands in `text` from `at` on. */
function readFigure({ source, units }: Context, node: Node, text: string, at: number): Literal | undefined {
  const literal = parseLiteral(text.slice(at), units);
  if (!isLiteralError(literal)) return literal;
  const within = { offset: at + literal.offset, length: literal.length };
  const problem = literal.problem === 'unit' ? 'UNIT' : 'TYPE';
  return source.report(problem, node, literal.message, { ...(literal.help ? { help: literal.help } : {}), within });
}

function readComputed(context: Context, node: Node, says: Statement): Claim['computed'] {
  const { source } = context;
  const read = readCheckedFormula(context, node, '`computed`');
  if (!read) return undefined;
  const { formula, expression, dimension } = read;
  if (!sameDimension(dimension, says.literal.dimension)) {
    const show = (of: Dimension): string => baseUnitSymbol(of) || 'a plain number';
    const message = `this comes out in ${show(dimension)}, but the claim is in ${show(says.literal.dimension)}`;
    return source.report('DIMENSION', node, message, { help: 'compare like with like' });
  }
  return { formula, expression };
}
