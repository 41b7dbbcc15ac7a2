import { amountIn } from '../answer/asked-for.ts';
import type { AskedFor } from '../answer/asked-for.ts';
import { namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { Expression } from '../formula/parse.ts';
import { readText } from '../lesson/fill-text.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';
import { lessonValues } from '../lesson/lesson-values.ts';
import type { LessonValues } from '../lesson/lesson-values.ts';
import { readFigure } from '../lesson/read-figure.ts';
import type { Figure } from '../lesson/read-figure.ts';
import type { Plan, Quantity } from '../plan/plan.ts';
import { withSettings } from '../plan/with-settings.ts';
import { isDimensionless } from '../units/dimension.ts';
import { withGiven } from './with-given.ts';
import type { ChosenQuestion, DrillQuestion, Variant } from './drill.ts';
import { NOTHING_MEASURED } from './nothing-measured.ts';

/** A question with the figures of one variation in its texts, and what is right. */
export interface AskedQuestion {
  readonly id: string;
  readonly topic: string;
  /** As `shop-plan walk` takes it. */
  readonly lesson: string;
  readonly variant: string;
  readonly asks: string;
  readonly hint: string;
  /** What to remember of it; empty where the derivation says all. */
  readonly means: string;
  /** In base units; above 0. */
  readonly truth: number;
  /** As it reads: `6,944 req/s`. */
  readonly shown: string;
  readonly asked: AskedFor;
  /** The plan with the figures of this variation, and its quantity that is the answer: what the truth follows from. */
  readonly derivation: { readonly plan: Plan; readonly quantity: string };
}

/** What an answer is called in a derivation, where the plan has no name for it. */
const ANSWER = 'answer';

/**
 * Fills in the figures of a variation.
 * @throws InvalidInput for a variation with which the question, or the plan, has no sensible value
 */
export function askQuestion({ question, variant }: ChosenQuestion): AskedQuestion {
  const plan = withSettings(question.plan, variant.settings);
  const asked = fillQuestion(question, variant, plan, lessonValues(plan, NOTHING_MEASURED));
  question.texts.source.throwIfInvalid();
  if (!asked) throw new Error(`question ${question.id} was not read`);
  return asked;
}

/** The same with a plan that is set already, and its values; undefined after what is wrong was reported. */
export function fillQuestion(
  question: DrillQuestion,
  variant: Variant,
  plan: Plan,
  values: LessonValues,
): AskedQuestion | undefined {
  const { source, ...nodes } = question.texts;
  const context = { source, plan, values, lessons: [] };
  const asks = readText(context, nodes.asks, '`asks`');
  const hint = readText(context, nodes.hint, '`hint`');
  const means = nodes.means === undefined ? '' : readText(context, nodes.means, '`means`');
  const answer = readAnswerFigure(context, question);
  if (!asks || !hint || means === undefined || !answer) return undefined;
  const { figure, expression, formula } = answer;
  const { dimension, value: truth } = figure;
  const { id, topic, lesson, counts } = question;
  const named = counts === undefined ? {} : { counts };
  const asked = { dimension, unit: figure.unit?.symbol ?? '', units: plan.units, asks, ...named };
  const shown = amountIn(truth, asked);
  const given = withGiven(plan, values, source.text_of(nodes.asks, '`asks`') ?? '', variant);
  const derivation = derivationOf(given, figure, expression, formula);
  return { id, topic, lesson, variant: variant.id, asks, hint, means, truth, shown, asked, derivation };
}

interface AnswerFigure {
  readonly figure: Figure;
  readonly formula: string;
  readonly expression: Expression;
}

/** An answer is above nothing, says in which unit it is asked for, and is made of quantities, so that it can be derived. */
function readAnswerFigure(
  context: LessonContext,
  { texts: { answer: node } }: DrillQuestion,
): AnswerFigure | undefined {
  const { source, plan } = context;
  const figure = readFigure(context, node, '`answer`');
  const [formula = ''] = figure ? (source.text_of(node, '`answer`') ?? '').split('|') : [];
  const expression = figure ? parseFormula(formula, plan.units) : undefined;
  if (!figure || !expression || isFormulaProblem(expression)) return undefined;
  const strange = namesIn(expression).find(({ name }) => !plan.quantities.has(name));
  if (strange) {
    const within = { offset: strange.offset, length: strange.length };
    const help = 'only quantities of the plan can be derived';
    return source.report('UNKNOWN_NAME', node, `\`${strange.name}\` is no quantity of the plan`, { help, within });
  }
  if (!figure.isUnitAsked && !isDimensionless(figure.dimension)) {
    const help = 'write the unit to ask for behind it, as in `| req/s`';
    return source.report('UNIT', node, 'an answer needs a unit', { help });
  }
  if (figure.value > 0) return { figure, formula: formula.trim(), expression };
  return source.report('RANGE', node, 'the answer is not above 0', { help: 'vary other assumptions' });
}

function derivationOf(
  plan: Plan,
  { dimension, unit }: Figure,
  expression: Expression,
  formula: string,
): AskedQuestion['derivation'] {
  const shownIn = unit === null ? {} : { unit: { ...unit, dimension } };
  if (expression.kind === 'name') {
    const { name } = expression;
    const named = plan.quantities.get(name);
    if (!named || named.unit) return { plan, quantity: name };
    return { plan: withQuantity(plan, { ...named, ...shownIn }), quantity: name };
  }
  const quantity = { id: ANSWER, kind: 'derived', formula, expression, dimension, ...shownIn } as const;
  return { plan: withQuantity(plan, quantity), quantity: ANSWER };
}

function withQuantity(plan: Plan, quantity: Quantity): Plan {
  return { ...plan, quantities: new Map(plan.quantities).set(quantity.id, quantity) };
}
