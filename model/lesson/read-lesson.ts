import { isSeq } from 'yaml';
import { readDecision } from '../decision/read-decision.ts';
import type { Decision } from '../decision/decision.ts';
import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import type { Plan } from '../plan/plan.ts';
import { readText, readTitle } from './fill-text.ts';
import type { Goal, Lesson } from './lesson.ts';
import type { LessonContext } from './lesson-context.ts';
import { lessonPlace } from './lesson-place.ts';
import { lessonValues } from './lesson-values.ts';
import { readClaimIds, readCommands, readLinks, readQuantityIds } from './read-references.ts';
import { readExperiment } from './read-experiment.ts';
import { readGoal } from './read-goal.ts';
import { readQuestion } from './read-question.ts';
import { readStep } from './read-step.ts';
import type { StoredMeasurements } from './stored-measurement.ts';

const KEYS = [
  'lesson',
  'plan',
  'before',
  'step',
  'question',
  'have',
  'breaks',
  'arithmetic',
  'adds',
  'costs',
  'measured',
  'means',
  'say',
  'tradeoffs',
  'next',
  'goals',
  'experiment',
  'decision',
  'commands',
  'links',
];
const ALWAYS = ['lesson', 'plan', 'question', 'have', 'breaks', 'adds', 'costs', 'say', 'tradeoffs', 'next'];
const PROSE = ['have', 'breaks', 'adds', 'costs', 'means', 'say'] as const;

/** What the numbers of a lesson come from. */
export interface LessonSurroundings {
  /** Read with its claims. */
  readonly plan: Plan;
  readonly measurements: StoredMeasurements;
  /** Numbers of all lessons of its course; only its own when absent. */
  readonly lessons?: readonly number[];
}

/**
 * Reads a lesson and fills its texts: no number in them is written by hand, and its goals come out by the plan's own formulas. `path` ends in
 * `<course>/<number>-<name>.yaml`.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readLesson(path: string, text: string, surroundings: LessonSurroundings): Lesson {
  const { plan, measurements } = surroundings;
  const source = new Source(path, text, 'LESSON');
  source.throwIfInvalid();
  const place = lessonPlace(path) ?? { id: '', course: '', number: 0 };
  if (place.number === 0) reportPath(source);
  const { lessons = [place.number] } = surroundings;
  const context = { source, plan, values: lessonValues(plan, measurements), lessons };
  const fields = source.fields(source.root, 'a lesson', KEYS, ALWAYS);
  checkPlan(source, fields['plan'], plan);
  const steps = readSteps(context, fields);
  const lesson: Lesson = {
    ...place,
    path,
    title: readTitle(context, fields['lesson'], '`lesson`') ?? '',
    plan: plan.name,
    ...steps,
    ...readProse(context, fields),
    question: readQuestion(context, fields['question'], '`question`') ?? UNREAD,
    next: readQuestion(context, fields['next'], '`next`') ?? UNREAD,
    tradeoffs: readTradeoffs(context, fields['tradeoffs']),
    arithmetic: readQuantityIds(context, fields['arithmetic']),
    measured: readClaimIds(context, fields['measured']),
    goals: readGoals(context, fields, steps.step),
    experiment: readExperiment(context, fields['experiment']) ?? null,
    decision: decisionOf(context, fields['decision']),
    commands: readCommands(context, fields['commands']),
    links: readLinks(context, fields['links']),
  };
  source.throwIfInvalid();
  return lesson;
}

/** In place of a question that is reported as wrong; nobody sees it, as the file is refused. */
const UNREAD = { asks: '', hint: '', answer: '', guess: null };

function reportPath(source: Source): void {
  const help = 'call it `lessons/<course>/<number>-<name>.yaml`';
  source.report('TYPE', undefined, 'the name of this file says no course and number', { help });
}

function checkPlan(source: Source, node: Node, plan: Plan): void {
  const name = node === undefined ? undefined : source.text_of(node, '`plan`');
  if (name === undefined || name === plan.name) return;
  source.report('UNKNOWN_NAME', node, `this lesson is about \`${name}\`, not about \`${plan.name}\``);
}

function readSteps(context: LessonContext, fields: Readonly<Record<string, Node>>): Pick<Lesson, 'before' | 'step'> {
  const before = readStep(context, fields['before'], '`before`') ?? null;
  const step = readStep(context, fields['step'], '`step`') ?? null;
  if (before !== null && step !== null && before >= step) {
    const help = 'the step that mends comes after the one that breaks';
    context.source.report('UPSIDE_DOWN', fields['before'], `step ${before} is not before step ${step}`, { help });
  }
  return { before, step };
}

function readProse(
  context: LessonContext,
  fields: Readonly<Record<string, Node>>,
): Pick<Lesson, (typeof PROSE)[number]> {
  const read = (key: (typeof PROSE)[number]): string => readText(context, fields[key], `\`${key}\``) ?? '';
  return {
    have: read('have'),
    breaks: read('breaks'),
    adds: read('adds'),
    costs: read('costs'),
    means: read('means'),
    say: read('say'),
  };
}

function readTradeoffs(context: LessonContext, node: Node): string[] {
  if (node === undefined) return [];
  const { source } = context;
  const items = source.items(node, '`tradeoffs`');
  if (isSeq(node) && items.length === 0) {
    source.report('RANGE', node, 'nothing is without a trade-off', { help: 'write at least one' });
  }
  return items.flatMap((item) => readText(context, item, 'a trade-off') ?? []);
}

/** A lesson that builds a step shows that it was needed and that it helps; one that decides has nothing to show. */
function readGoals(context: LessonContext, fields: Readonly<Record<string, Node>>, step: number | null): Goal[] {
  const { source } = context;
  const node = fields['goals'];
  const items = node === undefined ? [] : source.items(node, '`goals`');
  if (items.length === 0 && step !== null) {
    const help = 'add `goals: [{ says: …, before: …, after: …, limit: <= … }]`';
    source.report('MISSING_KEY', node ?? fields['step'], 'a lesson with a step needs a goal', { help });
  }
  return items.flatMap((item) => readGoal(context, item) ?? []);
}

function decisionOf(context: LessonContext, node: Node): Decision | null {
  return node === undefined ? null : (readDecision(context.source, node, context) ?? null);
}
