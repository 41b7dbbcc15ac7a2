import { loadDrills } from '../../api/drills.ts';
import { UsageError } from '../../api/usage-error.ts';
import { nearest } from '../../model/document/nearest.ts';
import { askQuestion } from '../../model/drill/ask-question.ts';
import type { DrillTopic } from '../../model/drill/drill.ts';
import { historyBefore, makeDrill, nextSeed } from '../../model/drill/make-drill.ts';
import type { Drill } from '../../model/drill/make-drill.ts';
import { scoreOf } from '../../model/drill/score.ts';
import type { DrillRecord } from '../../model/progress/progress.ts';
import { withDrill } from '../../model/progress/with-drill.ts';
import { drillEndDocument } from '../../reports/drill/drill-end-document.ts';
import type { Missed } from '../../reports/drill/drill-end-document.ts';
import type { TopicNames } from '../../reports/drill/score-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { ask } from './ask.ts';
import type { DrillSite, KeptProgress } from './drill-site.ts';
import type { Keyboard } from './keyboard.ts';
import { sheetWidth, tell, write } from './print.ts';

export interface DrillOptions {
  readonly progress: KeptProgress;
  /** Name of a topic; all of them, weak ones more often, when absent. */
  readonly topic?: string;
  /** Repeats a drill exactly; one that was never had when absent. */
  readonly seed?: number;
  readonly count?: number;
  /** Sentences in place of drawings and tables. */
  readonly plain?: boolean;
  readonly now?: () => Date;
}

const QUESTIONS = 10;

/**
 * `shop-plan walk --drill [topic]`: estimation questions, one after the other. What was answered is kept after each of them.
 * @throws UsageError for a topic that there is not
 */
export async function drillCommand(context: Context, keyboard: Keyboard, options: DrillOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const site = { terminal, keyboard, plain: options.plain ?? false, width: sheetWidth(terminal) };
  const all = await loadDrills();
  const topics = options.topic === undefined ? all : [topicNamed(options.topic, all)];
  const drill = drillFor(topics, options);
  introduce(site, drill, options);
  const at = (options.now?.() ?? new Date()).toISOString();
  const record = await askAll(site, drill, topics, { at, seed: drill.seed, answers: [] }, options.progress);
  const names = all.map(namesOf);
  const score = scoreOf(
    options.progress.progress.drills,
    names.map(({ name }) => name),
  );
  write(site, drillEndDocument(record.answers, missedOf(record, topics), score, names));
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}

/** In the order in which they were asked. */
function missedOf({ answers }: DrillRecord, topics: readonly DrillTopic[]): Missed[] {
  const wrong = new Set(answers.filter(({ right }) => !right).map(({ question }) => question));
  return topics.flatMap(({ title, questions }) =>
    questions.filter(({ id }) => wrong.has(id)).map(({ lesson }) => ({ topic: title, lesson })),
  );
}

export function namesOf({ name, title, questions }: DrillTopic): TopicNames {
  return { name, title, lesson: questions[0]?.lesson ?? '' };
}

function topicNamed(name: string, topics: readonly DrillTopic[]): DrillTopic {
  const found = topics.find((topic) => topic.name === name);
  if (found) return found;
  const known = topics.map((topic) => topic.name);
  const near = nearest(name, known);
  const help = near === undefined ? `topics: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  throw new UsageError(`there is no drill on \`${name}\``, help);
}

function drillFor(topics: readonly DrillTopic[], { progress, seed, count = QUESTIONS }: DrillOptions): Drill {
  const { drills } = progress.progress;
  if (seed === undefined) return makeDrill({ topics, history: drills, seed: nextSeed(drills), count });
  return makeDrill({ topics, history: historyBefore(drills, seed), seed, count });
}

function introduce(site: DrillSite, { questions: { length }, seed, repeats }: Drill, options: DrillOptions): void {
  const text = [
    `${length} ${length === 1 ? 'question' : 'questions'}, to be answered with an estimate.`,
    'What counts is the order of magnitude, and paper is allowed.',
    `\`${commandFor(seed, options)}\` repeats this drill.`,
    ...(repeats ? ['You have had every variation; from here on they come again.'] : []),
  ].join(' ');
  write(site, [{ kind: 'paragraph', text }]);
}

function commandFor(seed: number, { topic, count }: DrillOptions): string {
  const words = [
    'shop-plan walk --drill',
    topic,
    `--seed ${seed}`,
    count === undefined ? undefined : `--count ${count}`,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}

/** Asks until all is answered or the learner quits; keeps every answer as it comes. */
async function askAll(
  site: DrillSite,
  { questions }: Drill,
  topics: readonly DrillTopic[],
  begun: DrillRecord,
  progress: KeptProgress,
): Promise<DrillRecord> {
  let record = begun;
  for (const [index, chosen] of questions.entries()) {
    const topic = topics.find(({ name }) => name === chosen.question.topic)?.title ?? '';
    const answer = await ask(site, askQuestion(chosen), { number: index + 1, of: questions.length, topic });
    if (answer === null) break;
    record = { ...record, answers: [...record.answers, answer] };
    const kept = record;
    await progress.keep((before) => withDrill(before, kept));
    if (index < questions.length - 1 && !(await wantsNext(site))) break;
  }
  return record;
}

/** Waits, so that there is time to read; nothing moves on by itself. */
async function wantsNext(site: DrillSite): Promise<boolean> {
  for (;;) {
    const key = await site.keyboard.key('n next question, q quit: ');
    if (key === 'n' || key === 'enter') return true;
    if (key === 'q' || key === null) return false;
    tell(site, 'Press n for the next question, or q to end the drill.');
  }
}
