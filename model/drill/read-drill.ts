import { nearest } from '../document/nearest.ts';
import { Source } from '../document/source.ts';
import type { Entry, Node } from '../document/source.ts';
import { lessonValues } from '../lesson/lesson-values.ts';
import type { LessonValues } from '../lesson/lesson-values.ts';
import type { Plan } from '../plan/plan.ts';
import { fillQuestion } from './ask-question.ts';
import type { DrillQuestion, DrillTopic } from './drill.ts';
import { NOTHING_MEASURED } from './nothing-measured.ts';
import { readVariants } from './read-variants.ts';

const TOPIC_KEYS = ['drill', 'lesson', 'plan', 'questions'];
const QUESTION_KEYS = ['lesson', 'plan', 'asks', 'hint', 'answer', 'counts', 'means', 'vary'];

/**
 * Reads `lessons/drill/<number>-<topic>.yaml`: questions whose numbers all come from a plan, with the assumptions that may vary.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readDrill(path: string, text: string, plans: ReadonlyMap<string, Plan>): DrillTopic {
  const source = new Source(path, text, 'LESSON');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a drill', TOPIC_KEYS, ['drill', 'lesson', 'plan', 'questions']);
  const title = textOf(source, fields['drill'], '`drill`') ?? '';
  const { lesson, plan } = fields;
  const topic = { source, plans, valuesOf: valuesOfPlans(), name: topicName(path), lesson, plan };
  const entries = fields['questions'] === undefined ? [] : source.entries(fields['questions'], '`questions`');
  const questions = entries.flatMap((entry) => readQuestion(topic, entry) ?? []);
  source.throwIfInvalid();
  return { name: topic.name, title, questions };
}

/** `traffic` of `lessons/drill/1-traffic.yaml`. */
export function topicName(path: string): string {
  return /(?:^|\/)(?:\d+-)?([a-z0-9-]+)\.yaml$/.exec(path)?.[1] ?? path;
}

/** The values of each plan, worked out once for all questions about it. */
function valuesOfPlans(): (plan: Plan) => LessonValues {
  const known = new Map<Plan, LessonValues>();
  return (plan) => {
    const values = known.get(plan) ?? lessonValues(plan, NOTHING_MEASURED);
    known.set(plan, values);
    return values;
  };
}

interface Topic {
  readonly source: Source;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly valuesOf: (plan: Plan) => LessonValues;
  readonly name: string;
  /** For questions that name none themselves. */
  readonly lesson: Node;
  readonly plan: Node;
}

function readQuestion(topic: Topic, { key, value }: Entry): DrillQuestion | undefined {
  const { source } = topic;
  const fields = source.fields(value, `question \`${key}\``, QUESTION_KEYS, ['asks', 'hint', 'answer']);
  const plan = readPlanName(topic, fields['plan'] ?? topic.plan);
  const lesson = textOf(source, fields['lesson'] ?? topic.lesson, '`lesson`');
  if (!plan || lesson === undefined) return undefined;
  const { asks, hint, answer, means } = fields;
  const variants = readVariants(source, fields['vary'], plan);
  const texts = { source, asks, hint, answer, means };
  const counts = textOf(source, fields['counts'], '`counts`');
  const named = counts === undefined ? {} : { counts };
  const question = { id: `${topic.name}/${key}`, topic: topic.name, lesson, plan, variants, texts, ...named };
  // With the plan's own figures: what is wrong with its texts is reported now, and not when it is asked.
  fillQuestion(question, { id: '', settings: [] }, plan, topic.valuesOf(plan));
  return question;
}

function readPlanName({ source, plans }: Topic, node: Node): Plan | undefined {
  const name = textOf(source, node, '`plan`');
  const plan = name === undefined ? undefined : plans.get(name);
  if (plan || name === undefined) return plan;
  const near = nearest(name, plans.keys());
  const help = near === undefined ? `plans: ${[...plans.keys()].join(', ')}` : `did you mean \`${near}\`?`;
  return source.report('UNKNOWN_NAME', node, `no plan is called \`${name}\``, { help });
}

function textOf(source: Source, node: Node, what: string): string | undefined {
  return node === undefined ? undefined : source.text_of(node, what);
}
