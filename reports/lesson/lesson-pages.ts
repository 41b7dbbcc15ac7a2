import { estimate } from '../../model/estimate/estimate.ts';
import { claimReadings } from '../../model/lesson/claim-readings.ts';
import type { Lesson, Question } from '../../model/lesson/lesson.ts';
import type { StoredMeasurements } from '../../model/lesson/stored-measurement.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Block, ReportDocument } from '../document.ts';
import { plainDocument } from '../plain-document.ts';
import { pictureOf } from '../topology/step-picture.ts';
import type { StepPicture } from '../topology/step-picture.ts';
import { topologyBlocks } from '../topology/topology-blocks.ts';
import type { Medium } from '../topology/topology-blocks.ts';
import { topologyMermaid } from '../topology/topology-mermaid.ts';
import { arithmeticBlock } from './arithmetic.ts';
import { costBlocks } from './cost-blocks.ts';
import { decisionIntroduction, decisionTree } from './decision-tree.ts';
import { experimentBlocks } from './experiment-blocks.ts';
import { goalSentence } from './goal-sentence.ts';
import { evidenceBlocks, measuredBlocks } from './measured-blocks.ts';
import { answeredBlocks, onOneLine, textBlocks } from './text-blocks.ts';

/** In the order in which they come; a lesson leaves out those that it has nothing for. */
export const PAGE_IDS = [
  'have',
  'breaks',
  'decide',
  'adds',
  'costs',
  'measured',
  'evidence',
  'try',
  'say',
  'tradeoffs',
  'next',
] as const;
export type PageId = (typeof PAGE_IDS)[number];

/** One page of a lesson. Its document begins below the title. */
export interface Page {
  readonly id: PageId;
  readonly title: string;
  readonly document: ReportDocument;
  /** The question that stands open at its end, with hint and answer as documents of their own. */
  readonly asks: { readonly question: Question; readonly hint: ReportDocument; readonly answer: ReportDocument } | null;
  /** The diagram of the page for Mermaid; null where it has none. */
  readonly mermaid: string | null;
}

export interface LessonPagesRequest {
  readonly lesson: Lesson;
  /** With its claims. */
  readonly plan: Plan;
  readonly measurements: StoredMeasurements;
  /** Sentences in place of drawings, rules and tables. */
  readonly plain?: boolean;
  /** `terminal` when absent. Markdown keeps the answer with its question and shows decisions whole. */
  readonly medium?: Medium;
}

/** A lesson page by page. */
export function lessonPages({ plain = false, medium = 'terminal', ...request }: LessonPagesRequest): Page[] {
  const drafts = draftsOf({ ...request, plain, medium });
  const pages = PAGE_IDS.flatMap((id) => drafts.filter((draft) => draft.id === id && draft.document.length > 0));
  return pages.map(({ picture, question, ...page }) => ({
    ...page,
    document: plain ? plainDocument(page.document) : page.document,
    asks: question ? { question, hint: textBlocks(question.hint), answer: textBlocks(question.answer) } : null,
    mermaid: picture ? topologyMermaid(picture) : null,
  }));
}

interface Draft extends Pick<Page, 'id' | 'title' | 'document'> {
  readonly question?: Question;
  readonly picture?: StepPicture | null;
}

type Request = LessonPagesRequest & { readonly plain: boolean; readonly medium: Medium };

function draftsOf({ lesson, plan, measurements, plain, medium }: Request): Draft[] {
  const { before, step, decision, experiment } = lesson;
  const { steps } = estimate(plan);
  const claims = claimReadings(plan, lesson.measured, measurements);
  const draw = (shown: number | null, since: number | null): StepPicture | null =>
    shown === null ? null : pictureOf(plan, { steps }, shown, since);
  return [
    havePage(lesson, draw(before, null), medium),
    breaksPage(lesson, plan, medium),
    { id: 'decide', title: 'Decide', document: decision ? decisionBlocks(decision, medium) : [] },
    addsPage(lesson, draw(step, before), medium),
    {
      id: 'costs',
      title: 'What it costs',
      document: [...textBlocks(lesson.costs), ...(step === null ? [] : costBlocks(plan, before, step))],
    },
    {
      id: 'measured',
      title: 'What is measured',
      document: [...measuredBlocks(claims, measurements, { plain }), ...textBlocks(lesson.means)],
    },
    { id: 'evidence', title: 'What that rests on, claim by claim', document: evidenceBlocks(claims, plan) },
    { id: 'try', title: 'Try it', document: experiment ? experimentBlocks(experiment, walkName(lesson)) : [] },
    { id: 'say', title: 'What to say in an interview', document: textBlocks(lesson.say) },
    { id: 'tradeoffs', title: 'Trade-offs', document: tradeoffBlocks(lesson) },
    {
      id: 'next',
      title: 'What an interviewer asks next',
      document: questionBlocks(lesson.next),
      question: lesson.next,
    },
  ];
}

function havePage({ have, question }: Lesson, picture: StepPicture | null, medium: Medium): Draft {
  return {
    id: 'have',
    title: 'What we have',
    document: [
      ...textBlocks(have),
      ...(picture ? topologyBlocks(picture, medium) : []),
      { kind: 'heading', text: 'A question first' },
      ...questionBlocks(question),
    ],
    question,
    picture,
  };
}

function breaksPage({ question, breaks, arithmetic }: Lesson, plan: Plan, medium: Medium): Draft {
  const lines = arithmeticBlock(plan, arithmetic);
  const answer = medium === 'terminal' ? answeredBlocks(question) : [];
  return {
    id: 'breaks',
    title: 'What breaks, and why',
    document: [
      ...answer,
      ...(answer.length > 0 ? [{ kind: 'heading' as const, text: 'Why' }] : []),
      ...textBlocks(breaks),
      ...(lines.lines.length > 0 ? [{ kind: 'heading' as const, text: 'The arithmetic' }, lines] : []),
    ],
  };
}

function addsPage({ adds, goals }: Lesson, picture: StepPicture | null, medium: Medium): Draft {
  return {
    id: 'adds',
    title: 'What we add',
    document: [
      ...textBlocks(adds),
      ...(picture ? topologyBlocks(picture, medium) : []),
      ...(goals.length > 0 ? [{ kind: 'heading' as const, text: 'Does it hold?' }, goalList(goals)] : []),
    ],
    picture,
  };
}

function goalList(goals: Lesson['goals']): Block {
  return { kind: 'list', entries: goals.map(goalSentence) };
}

function tradeoffBlocks({ tradeoffs, commands, links }: Lesson): Block[] {
  const more = [...commands.map((command) => `\`shop-plan ${command}\``), ...links.map((link) => `\`${link}\``)];
  return [
    ...(tradeoffs.length > 0 ? [{ kind: 'list' as const, entries: tradeoffs.map(onOneLine) }] : []),
    ...(more.length > 0
      ? [
          { kind: 'heading' as const, text: 'More of this' },
          { kind: 'list' as const, entries: more },
        ]
      : []),
  ];
}

function questionBlocks({ asks }: Question): Block[] {
  return textBlocks(asks);
}

function decisionBlocks(decision: NonNullable<Lesson['decision']>, medium: Medium): Block[] {
  return medium === 'terminal' ? decisionIntroduction(decision) : decisionTree(decision);
}

/** What `walk` takes for the lesson: `amazon-shop 2`. */
function walkName({ course, number }: Lesson): string {
  return `${course} ${number}`;
}
