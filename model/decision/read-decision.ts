import type { Entry, Node, Source } from '../document/source.ts';
import { readTitle } from '../lesson/fill-text.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';
import { readFigure } from '../lesson/read-figure.ts';
import { readUnit } from '../plan/read-formula.ts';
import { readYes } from '../plan/read-amount.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import type { Unit } from '../units/unit.ts';
import { checkWays } from './check-ways.ts';
import type { Decision, DecisionOutcome, DecisionQuestion, NumberAsked } from './decision.ts';
import { readBranch } from './read-branch.ts';
import type { PlacedBranch } from './read-branch.ts';
import { readLine } from './read-line.ts';

const KEYS = ['title', 'questions', 'outcomes'];
const QUESTION_KEYS = ['asks', 'hint', 'number', 'documents', 'yes', 'no'];
const QUESTION_ALWAYS = ['asks', 'hint', 'yes', 'no'];
const NUMBER_KEYS = ['unit', 'below'];
const OUTCOME_KEYS = ['title', 'text'];

/**
 * Reads a decision tree; undefined after everything that is wrong with it was reported: answers that lead nowhere or in a circle, and questions
 * and outcomes that no answer leads to, too.
 */
export function readDecision(source: Source, node: Node, context: LessonContext): Decision | undefined {
  const before = source.diagnostics.length;
  const fields = source.fields(node, 'a decision', KEYS, KEYS);
  const title = readTitle(context, fields['title'], '`title`');
  const questions = entriesOf(source, fields['questions'], 'questions').map((entry) => readQuestion(context, entry));
  const outcomes = entriesOf(source, fields['outcomes'], 'outcomes').map((entry) => ({
    id: entry.key,
    node: entry.keyNode,
    outcome: readOutcome(context, entry),
  }));
  if (fields['questions'] && fields['outcomes']) checkWays(source, questions, outcomes);
  if (title === undefined || source.diagnostics.length > before) return undefined;
  return {
    title,
    questions: questions.flatMap(({ question }) => question ?? []),
    outcomes: outcomes.flatMap(({ outcome }) => outcome ?? []),
  };
}

function entriesOf(source: Source, node: Node, what: string): Entry[] {
  if (node === undefined) return [];
  const before = source.diagnostics.length;
  const entries = source.entries(node, `\`${what}\``);
  if (entries.length === 0 && source.diagnostics.length === before) {
    source.report('MISSING_KEY', node, `a decision without ${what} decides nothing`, { help: 'write at least one' });
  }
  return entries;
}

interface PlacedQuestion {
  readonly id: string;
  readonly node: Node;
  readonly branches: readonly PlacedBranch[];
  /** Undefined when something of it is wrong. */
  readonly question: DecisionQuestion | undefined;
}

function readQuestion(context: LessonContext, { key: id, keyNode: node, value }: Entry): PlacedQuestion {
  const { source } = context;
  const fields = source.fields(value, `question \`${id}\``, QUESTION_KEYS, QUESTION_ALWAYS);
  const asks = readLine(context, fields['asks'], '`asks`');
  const hint = readLine(context, fields['hint'], '`hint`');
  const number = fields['number'] ? readNumber(context, fields['number']) : null;
  const documents = fields['documents'] ? readDocuments(context, fields['documents'], number) : null;
  const yes = readBranch(context, fields['yes'], '`yes`');
  const no = readBranch(context, fields['no'], '`no`');
  const branches = [yes, no].flatMap((branch) => branch ?? []);
  const isWhole = asks && hint && yes && no && number !== undefined && documents !== undefined;
  const question = isWhole ? { id, asks, hint, number, documents, yes: yes.branch, no: no.branch } : undefined;
  return { id, node, branches, question };
}

function readNumber(context: LessonContext, node: Node): NumberAsked | undefined {
  const { source, values } = context;
  const fields = source.fields(node, '`number`', NUMBER_KEYS, NUMBER_KEYS);
  const unit = fields['unit'] && readUnit(source, fields['unit'], values.units);
  const below = readFigure(context, fields['below'], '`below`');
  if (!unit || !below || !isIn(source, fields['below'], below, unit)) return undefined;
  if (below.value > 0) return { unit: unit.symbol, below: below.value / unit.factor, shown: below.shown };
  return source.report('RANGE', fields['below'], 'no answer is below nothing', { help: 'write a limit above 0' });
}

function isIn(
  source: Source,
  node: Node,
  { dimension }: Pick<Unit, 'dimension'>,
  unit: Pick<Unit, 'dimension' | 'symbol'>,
): boolean {
  if (sameDimension(dimension, unit.dimension)) return true;
  const message = `this is in ${baseUnitSymbol(dimension) || 'plain numbers'}, but the question asks for \`${unit.symbol}\``;
  source.report('DIMENSION', node, message, { help: 'compare like with like' });
  return false;
}

/** What the documents answer: `yes`, `no`, or to a number a formula; undefined after what is wrong was reported. */
function readDocuments(
  context: LessonContext,
  node: Node,
  number: NumberAsked | null | undefined,
): DecisionQuestion['documents'] | undefined {
  const { source, values } = context;
  if (number === undefined) return undefined;
  if (number === null) {
    const yes = readYes(source, node, '`documents`');
    return yes === undefined ? undefined : { yes, shown: yes ? 'yes' : 'no' };
  }
  const figure = readFigure(context, node, '`documents`');
  const unit = values.units.parse(number.unit);
  if (!figure || 'unknown' in unit || !isIn(source, node, figure, unit)) return undefined;
  return { yes: figure.value / unit.factor < number.below, shown: figure.shown };
}

function readOutcome(context: LessonContext, { key: id, value }: Entry): DecisionOutcome | undefined {
  const fields = context.source.fields(value, `outcome \`${id}\``, OUTCOME_KEYS, OUTCOME_KEYS);
  const title = readTitle(context, fields['title'], '`title`');
  const text = readLine(context, fields['text'], '`text`');
  return title !== undefined && text !== undefined ? { id, title, text } : undefined;
}
