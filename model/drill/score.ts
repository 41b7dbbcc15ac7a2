import type { DrillAnswer, DrillRecord } from '../progress/progress.ts';
import { withoutRepetitions } from './without-repetitions.ts';

export const SCORE_FORMAT_VERSION = 1;
/** With fewer answers a share says nothing. */
export const ANSWERS_MIN = 5;
/** From this share on a topic sits. */
const GOOD_SHARE = 0.8;
const RECENT_DRILLS = 3;
const CHANGE_MIN = 0.1;

/** How somebody's estimates come out over time. */
export interface Score {
  readonly formatVersion: typeof SCORE_FORMAT_VERSION;
  readonly kind: 'score';
  /** Oldest first. */
  readonly drills: readonly DrillScore[];
  readonly total: Tally;
  /** In the order of the topics; those that were never asked included. */
  readonly topics: readonly TopicScore[];
  readonly trend: Trend;
  /** Names of topics, the one that needs it most first; empty when it is too early to tell, or when all sit. */
  readonly practise: readonly string[];
}

export interface DrillScore extends Tally {
  readonly at: string;
  readonly seed: number;
}

export interface Tally {
  readonly asked: number;
  readonly right: number;
  readonly skipped: number;
  /** right / asked; null without answers. */
  readonly share: number | null;
}

export interface TopicScore extends Tally {
  readonly topic: string;
  /** True with enough answers to say something. */
  readonly isKnown: boolean;
}

/** The last three drills against all before. */
export interface Trend {
  readonly is: 'better' | 'worse' | 'the same' | 'too early';
  readonly before: number | null;
  readonly last: number | null;
}

/** Adds up the drills so far. A question that was skipped counts as not right, and one of a drill that is repeated not again. */
export function scoreOf(all: readonly DrillRecord[], topicNames: readonly string[]): Score {
  const drills = withoutRepetitions(all);
  const answers = answersOf(drills);
  const topics = topicNames.map((topic) => topicScore(topic, answers));
  return {
    formatVersion: SCORE_FORMAT_VERSION,
    kind: 'score',
    drills: drills.map(({ at, seed, answers: given }) => ({ at, seed, ...tally(given) })),
    total: tally(answers),
    topics,
    trend: trendOf(drills),
    practise: toPractise(topics),
  };
}

const answersOf = (drills: readonly DrillRecord[]): DrillAnswer[] => drills.flatMap(({ answers }) => answers);

export function tally(answers: readonly DrillAnswer[]): Tally {
  const asked = answers.length;
  const right = answers.filter((answer) => answer.right).length;
  const skipped = answers.filter(({ given }) => given === null).length;
  return { asked, right, skipped, share: asked === 0 ? null : right / asked };
}

function topicScore(topic: string, answers: readonly DrillAnswer[]): TopicScore {
  const counted = tally(answers.filter((answer) => answer.topic === topic));
  return { topic, ...counted, isKnown: counted.asked >= ANSWERS_MIN };
}

function trendOf(drills: readonly DrillRecord[]): Trend {
  const last = tally(answersOf(drills.slice(-RECENT_DRILLS)));
  const before = tally(answersOf(drills.slice(0, -RECENT_DRILLS)));
  const shares = { before: before.share, last: last.share };
  const isKnown = last.asked >= ANSWERS_MIN && before.asked >= ANSWERS_MIN;
  if (!isKnown || last.share === null || before.share === null) return { is: 'too early', ...shares };
  const change = last.share - before.share;
  if (Math.abs(change) < CHANGE_MIN) return { is: 'the same', ...shares };
  return { is: change > 0 ? 'better' : 'worse', ...shares };
}

/** Weak topics, the weakest first. */
function toPractise(topics: readonly TopicScore[]): string[] {
  return topics
    .filter(({ isKnown, share }) => isKnown && share !== null && share < GOOD_SHARE)
    .toSorted((a, b) => (a.share ?? 0) - (b.share ?? 0))
    .map(({ topic }) => topic);
}
