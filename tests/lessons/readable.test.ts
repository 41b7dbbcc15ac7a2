import { describe, expect, it } from 'vitest';
import { loadLesson, shippedCourses } from '../../api/lessons.ts';
import type { Lesson } from '../../model/lesson/lesson.ts';

/** A lesson is read in about seven minutes, its questions included. */
const WORDS_MAX = 1_000;
/** What can be followed when it is read aloud. */
const SENTENCE_WORDS_MAX = 45;

/** Terms that learners meet for the first time, and the lesson of Amazon Shop that explains each. */
const TERMS: Readonly<Record<string, number>> = {
  stateless: 1,
  'round robin': 1,
  'health check': 1,
  "Little's law": 1,
  egress: 1,
  'single point of failure': 1,
  'order of magnitude': 1,
  utilisation: 2,
  'cache-aside': 2,
  'hit ratio': 2,
  TTL: 2,
  stampede: 2,
  'write-through': 2,
  replica: 2,
  availability: 3,
  primary: 3,
  failover: 3,
  quorum: 3,
  'split brain': 3,
  'replication lag': 3,
  p95: 3,
  'eventual consistency': 3,
  sharding: 3,
  synchronous: 3,
  broker: 4,
  worker: 4,
  outbox: 4,
  idempotent: 4,
  'dead letter queue': 4,
  CDN: 5,
  'object store': 5,
  edge: 5,
  origin: 5,
  monolith: 6,
  gateway: 6,
  'circuit breaker': 6,
  jitter: 6,
  saga: 6,
  p50: 6,
};

const heads = shippedCourses().flatMap(({ lessons }) => lessons);
/** Lessons that cannot be read are said by a test of their own. */
const read = await Promise.all(heads.map(({ id }) => loadLesson(id).catch(() => undefined)));
const lessons = read.flatMap((each) => each?.lesson ?? []);

function textsOf({ question, have, breaks, adds, costs, means, say, tradeoffs, next }: Lesson): string[] {
  const asked = [question, next].flatMap(({ asks, hint, answer }) => [asks, hint, answer]);
  return [...asked, have, breaks, adds, costs, means, say, ...tradeoffs];
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

/** Items of a list count as sentences of their own; points within numbers end none. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.?!:;])\s+|\n\n|\n(?=- )/);
}

describe('the lessons', () => {
  it.each(lessons)('$id takes a few minutes, in sentences that can be read aloud', (lesson) => {
    const texts = textsOf(lesson);
    expect(wordsIn(texts.join(' '))).toBeLessThanOrEqual(WORDS_MAX);
    expect(texts.flatMap(sentencesOf).filter((sentence) => wordsIn(sentence) > SENTENCE_WORDS_MAX)).toEqual([]);
  });
});

describe('the course on Amazon Shop', () => {
  const course = lessons.filter((lesson) => lesson.course === 'amazon-shop');

  it.each(Object.entries(TERMS))('says %s in the lesson that explains it, and not before', (term, number) => {
    const says = new RegExp(`(?<![\\w-])${term}`, 'i');
    const using = course.filter((lesson) => textsOf(lesson).some((text) => says.test(text.replaceAll(/\s+/g, ' '))));
    expect(Math.min(...using.map((lesson) => lesson.number))).toBe(number);
  });
});
