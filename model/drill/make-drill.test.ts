import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../document/source.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { DrillAnswer, DrillRecord } from '../progress/progress.ts';
import type { DrillQuestion, DrillTopic } from './drill.ts';
import { historyBefore, makeDrill, nextSeed } from './make-drill.ts';
import type { Drill } from './make-drill.ts';

const PLAN = readPlan('plan.yaml', 'plan: nothing');
const TEXT = { source: new Source('drill.yaml', '', 'LESSON'), asks: undefined, hint: undefined, answer: undefined };

function question(topic: string, name: string, variants: number): DrillQuestion {
  const all = Array.from({ length: variants }, (_, index) => ({ id: `v${index}`, settings: [] }));
  const texts = { ...TEXT, means: undefined };
  return { id: `${topic}/${name}`, topic, lesson: 'amazon-shop 1', plan: PLAN, variants: all, texts };
}

function topic(name: string, questions: number, variants: number): DrillTopic {
  const all = Array.from({ length: questions }, (_, index) => question(name, `q${index}`, variants));
  return { name, title: name, questions: all };
}

const TOPICS = [topic('first', 3, 4), topic('second', 2, 4), topic('third', 5, 4)];

function answered(drill: Drill, right = true): DrillRecord {
  const answers = drill.questions.map(({ question, variant }): DrillAnswer => {
    return { question: question.id, topic: question.topic, variant: variant.id, given: 1, truth: 1, right };
  });
  return { at: `drill ${drill.seed}`, seed: drill.seed, answers };
}

const idsOf = ({ questions }: Drill): string[] =>
  questions.map(({ question, variant }) => `${question.id} ${variant.id}`);

/** As somebody would who drills again and again. */
function drillsInARow(count: number, drills: number): { ids: string[][]; repeats: boolean[] } {
  const history: DrillRecord[] = [];
  const ids: string[][] = [];
  const repeats: boolean[] = [];
  for (let i = 0; i < drills; i++) {
    const drill = makeDrill({ topics: TOPICS, history, seed: nextSeed(history), count });
    ids.push(idsOf(drill));
    repeats.push(drill.repeats);
    history.push(answered(drill));
  }
  return { ids, repeats };
}

describe('makeDrill', () => {
  it('is the same for the same seed, and another one for another', () => {
    const of = (seed: number): string[] => idsOf(makeDrill({ topics: TOPICS, history: [], seed, count: 5 }));
    expect(of(7)).toEqual(of(7));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => of(seed).join())).size).toBeGreaterThan(1);
  });

  it('asks different questions, in the order of the topics', () => {
    const drills = property(integer({ min: 1, max: 1e9 }), (seed) => {
      const { questions } = makeDrill({ topics: TOPICS, history: [], seed, count: 10 });
      expect(new Set(questions.map(({ question }) => question.id)).size).toBe(10);
      const places = questions.map(({ question }) => TOPICS.findIndex(({ name }) => name === question.topic));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
    expect(() => assert(drills)).not.toThrow();
  });

  it('repeats no variation until all forty were asked, and then says so', () => {
    const { ids, repeats } = drillsInARow(10, 5);
    expect(new Set(ids.slice(0, 4).flat()).size).toBe(40);
    expect(repeats).toEqual([false, false, false, false, true]);
  });

  it('asks every variation a second time before any a third time', () => {
    const asked = drillsInARow(8, 10).ids.flat();
    const counts = new Set([...new Set(asked)].map((id) => asked.filter((each) => each === id).length));
    expect([...counts]).toEqual([2]);
  });

  it('asks a second variation of a question where there are not enough questions', () => {
    const { questions } = makeDrill({ topics: [topic('only', 2, 4)], history: [], seed: 1, count: 6 });
    expect(questions).toHaveLength(6);
  });

  it('asks weak topics more often', () => {
    const [strong, weak] = [topic('strong', 20, 50), topic('weak', 20, 50)];
    const history = [
      answered(makeDrill({ topics: [strong], history: [], seed: 1, count: 10 })),
      answered(makeDrill({ topics: [weak], history: [], seed: 2, count: 10 }), false),
    ];
    const asked = Array.from({ length: 50 }, (_, seed) =>
      makeDrill({ topics: [strong, weak], history, seed, count: 4 }).questions.map(({ question }) => question.topic),
    ).flat();
    expect(asked.filter((name) => name === 'weak').length).toBeGreaterThan(0.55 * asked.length);
  });
});

describe('topics', () => {
  it('are all asked within two drills, however the lot falls', () => {
    const topics = Array.from({ length: 9 }, (_, index) => topic(`topic${index}`, 6, 20));
    for (let seed = 1; seed <= 50; seed++) {
      const first = makeDrill({ topics, history: [], seed, count: 10 });
      const second = makeDrill({ topics, history: [answered(first, false)], seed: seed + 1, count: 10 });
      const asked = [...first.questions, ...second.questions].map(({ question: { topic: name } }) => name);
      expect(new Set(asked).size).toBe(9);
    }
  });
});

describe('seeds', () => {
  it('follow each other', () => {
    expect(nextSeed([])).toBe(1);
    expect(
      nextSeed([
        { at: '', seed: 4, answers: [] },
        { at: '', seed: 2, answers: [] },
      ]),
    ).toBe(5);
  });

  it('repeat a drill with what was known then', () => {
    const history: DrillRecord[] = [];
    for (let i = 0; i < 3; i++) {
      history.push(answered(makeDrill({ topics: TOPICS, history, seed: nextSeed(history), count: 10 })));
    }
    const again = makeDrill({ topics: TOPICS, history: historyBefore(history, 2), seed: 2, count: 10 });
    expect(answered(again).answers).toEqual(history[1]?.answers);
    expect(historyBefore(history, 99)).toEqual([]);
  });
});
