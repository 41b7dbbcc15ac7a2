import type { DrillAnswer, DrillRecord } from '../progress/progress.ts';
import { createRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import type { ChosenQuestion, DrillQuestion, DrillTopic } from './drill.ts';
import { topicWeight } from './weigh-topics.ts';
import { withoutRepetitions } from './without-repetitions.ts';

/** What to ask, in the order of the topics; a second variation of a question comes after all others of its topic. */
export interface Drill {
  readonly seed: number;
  readonly questions: readonly ChosenQuestion[];
  /** True where every variation was asked before, so that some come again. */
  readonly repeats: boolean;
}

export interface DrillRequest {
  readonly topics: readonly DrillTopic[];
  /** Drills before this one, oldest first. */
  readonly history: readonly DrillRecord[];
  readonly seed: number;
  readonly count: number;
}

interface Candidate extends ChosenQuestion {
  /** How often exactly this was asked. */
  readonly times: number;
  /** Which one it is among those of its question. */
  readonly nth: number;
  readonly key: number;
}

/**
 * Chooses questions and their variations: none that was asked until all were, and different questions before a second variation of one.
 * Half of them go to the topics that were asked least, so that none is forgotten; of the others weak topics have more. The same request gives the same drill. Drawn without replacement, by weight: Efraimidis and
 * Spirakis, Information Processing Letters 97 (2006).
 */
export function makeDrill({ topics, history, seed, count }: DrillRequest): Drill {
  const answers = withoutRepetitions(history).flatMap((record) => record.answers);
  const random = createRandom(seed, 'drill');
  const candidates = topics.flatMap(({ name, questions }) => {
    const weight = topicWeight(answers, name) / Math.max(1, questions.length);
    return questions.flatMap((question) => candidatesOf(question, answers, weight, random));
  });
  const place = (each: Candidate): number => topics.findIndex(({ name }) => name === each.question.topic);
  const ordered = candidates.toSorted((a, b) => a.times - b.times || a.nth - b.nth || a.key - b.key);
  const even = ofLeastAsked(ordered, answers, Math.ceil(Math.min(count, ordered.length) / 2));
  const chosen = [...new Set([...even, ...ordered])]
    .slice(0, count)
    .toSorted((a, b) => place(a) - place(b) || a.nth - b.nth);
  const questions = chosen.map(({ question, variant }) => ({ question, variant }));
  return { seed, questions, repeats: chosen.some(({ times }) => times > 0) };
}

/** One after the other of the topic that was asked least so far, of those whose turn it is. */
function ofLeastAsked(ordered: readonly Candidate[], answers: readonly DrillAnswer[], count: number): Candidate[] {
  const asked = answers.map(({ topic }) => topic);
  const left = [...ordered];
  return Array.from({ length: count }, () => {
    const timesOf = (topic: string): number => asked.filter((name) => name === topic).length;
    const turn = left.filter(({ times, nth }) => times === left[0]?.times && nth === left[0].nth);
    const [chosen] = turn.toSorted((a, b) => timesOf(a.question.topic) - timesOf(b.question.topic));
    if (!chosen) return [];
    left.splice(left.indexOf(chosen), 1);
    asked.push(chosen.question.topic);
    return [chosen];
  }).flat();
}

function candidatesOf(
  question: DrillQuestion,
  answers: readonly DrillAnswer[],
  weight: number,
  random: Random,
): Candidate[] {
  const timesOf = (variant: string): number =>
    answers.filter((answer) => answer.question === question.id && answer.variant === variant).length;
  return question.variants
    .map((variant) => ({ question, variant, times: timesOf(variant.id), draw: random.uniform() }))
    .toSorted((a, b) => a.times - b.times || a.draw - b.draw)
    .map(({ draw: _draw, ...candidate }, nth) => ({ ...candidate, nth, key: random.exponential() / weight }));
}

/** A seed that no drill had: each drill is followed by another one. */
export function nextSeed(history: readonly DrillRecord[]): number {
  return Math.max(0, ...history.map(({ seed }) => seed)) + 1;
}

/** What was known when the drill with this seed was made, so that it can be repeated exactly; nothing for a seed that is new. */
export function historyBefore(history: readonly DrillRecord[], seed: number): readonly DrillRecord[] {
  const first = history.findIndex((record) => record.seed === seed);
  return history.slice(0, Math.max(0, first));
}
