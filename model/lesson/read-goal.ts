import type { Node } from '../document/source.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import { readText } from './fill-text.ts';
import type { Goal } from './lesson.ts';
import type { LessonContext } from './lesson-context.ts';
import { figureAt, readFigure } from './read-figure.ts';
import type { Figure } from './read-figure.ts';
import { showFigure } from './show-figure.ts';

const KEYS = ['says', 'before', 'after', 'limit'];

type Sign = '<' | '<=' | '>' | '>=';
interface Limit extends Figure {
  readonly sign: Sign;
}

/** Reads a goal, and refuses one that comes out otherwise: `before` has to miss the limit, and `after` to meet it. */
export function readGoal(context: LessonContext, node: Node): Goal | undefined {
  const { source } = context;
  const fields = source.fields(node, 'a goal', KEYS, KEYS);
  const says = readText(context, fields['says'], '`says`');
  const before = readFigure(context, fields['before'], '`before`');
  const after = readFigure(context, fields['after'], '`after`');
  const limit = readLimit(context, fields['limit']);
  if (!says || !before || !after || !limit) return undefined;
  const goal = { says, ...inOneUnit(before, after, limit) };
  for (const key of ['before', 'after'] as const) {
    const figure = key === 'before' ? before : after;
    if (!sameDimension(figure.dimension, limit.dimension)) {
      const show = (of: Figure): string => baseUnitSymbol(of.dimension) || 'a plain number';
      const message = `\`${key}\` is in ${show(figure)}, but the limit is in ${show(limit)}`;
      source.report('DIMENSION', fields[key], message, { help: 'compare like with like' });
    } else if (meets(figure.value, limit) !== (key === 'after')) {
      const message = key === 'before' ? 'nothing is wrong before' : 'the goal is missed after, too';
      const help = `${goal[key]} ${key === 'before' ? 'already meets' : 'does not meet'} ${goal.limit}`;
      source.report('GOAL', fields[key], message, { help });
    }
  }
  return goal;
}

function readLimit(context: LessonContext, node: Node): Limit | undefined {
  const text = node === undefined ? undefined : context.source.text_of(node, '`limit`');
  if (text === undefined) return undefined;
  const [start = '', sign] = /^\s*(<=|>=|<|>)/.exec(text) ?? [];
  if (!sign) {
    const help = 'write `<= database.capacity * 1 server`, or with <, > or >=';
    return context.source.report('TYPE', node, '`limit` compares nothing', { help });
  }
  const figure = figureAt(context, node, text, { offset: start.length, length: text.length - start.length });
  return figure && { ...figure, sign: sign as Sign }; // the pattern has these four
}

function meets(value: number, { sign, value: limit }: Limit): boolean {
  switch (sign) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** What is compared is in the unit that the lesson asked for once, else in the limit's. */
function inOneUnit(before: Figure, after: Figure, limit: Limit): Omit<Goal, 'says'> {
  const unit = [before, after, limit].find(({ isUnitAsked }) => isUnitAsked)?.unit ?? limit.unit;
  const show = ({ value, dimension, shown }: Figure): string =>
    sameDimension(dimension, limit.dimension) && unit ? showFigure(value, dimension, unit) : shown;
  return { before: show(before), after: show(after), limit: `${limit.sign} ${show(limit)}` };
}
