import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDrills, loadWhiteboard } from '../../api/drills.ts';
import { loadPlan } from '../../api/files.ts';
import { shippedCourses } from '../../api/lessons.ts';
import { isUnderstood } from '../../model/answer/answer.ts';
import { isShare } from '../../model/answer/asked-for.ts';
import { readAnswer } from '../../model/answer/read-answer.ts';
import { askQuestion } from '../../model/drill/ask-question.ts';
import type { AskedQuestion } from '../../model/drill/ask-question.ts';
import { judgeAnswer } from '../../model/drill/judge-answer.ts';
import { makeDrill, nextSeed } from '../../model/drill/make-drill.ts';
import { readDrill } from '../../model/drill/read-drill.ts';
import type { DrillRecord } from '../../model/progress/progress.ts';
import { arithmeticBlock } from '../../reports/lesson/arithmetic.ts';

const topics = await loadDrills();
const questions = topics.flatMap((topic) => topic.questions);
const lessons = shippedCourses().flatMap((course) => course.lessons.map(({ id }) => id));

describe('the drills that come along', () => {
  it('are in the order of the lessons, with enough variations that no drill repeats for long', () => {
    expect(topics.map(({ name }) => name)).toEqual([
      'traffic',
      'storage',
      'bandwidth',
      'servers',
      'cache',
      'database',
      'availability',
      'latency',
      'cost',
    ]);
    expect(questions.reduce((sum, { variants }) => sum + variants.length, 0)).toBeGreaterThanOrEqual(500);
  });

  it.each(questions.map((question) => [question.id, question] as const))('%s leads to a lesson', (_id, { lesson }) => {
    expect(lessons).toContain(lesson.replace(' ', '/'));
  });

  it.each(questions.map((question) => [question.id, question] as const))(
    '%s can be answered in each variation',
    (_id, question) => {
      expect(question.variants.flatMap((variant) => faultsOf(askQuestion({ question, variant })))).toEqual([]);
    },
  );

  it('make fifty drills in a row without asking anything twice', () => {
    const history: DrillRecord[] = [];
    for (let i = 0; i < 50; i++) {
      const drill = makeDrill({ topics, history, seed: nextSeed(history), count: 10 });
      const answers = drill.questions.map(({ question: { id, topic }, variant }) => {
        return { question: id, topic, variant: variant.id, given: null, truth: 1, right: false };
      });
      expect(drill.repeats).toBe(false);
      history.push({ at: String(i), seed: drill.seed, answers });
    }
    const asked = history.flatMap(({ answers }) => answers.map(({ question, variant }) => `${question} ${variant}`));
    expect(new Set(asked).size).toBe(500);
  });
});

/** What is wrong with a question as it is asked; empty when whoever answers what is right is told so, with a derivation. */
function faultsOf({ asks, hint, means, truth, shown, asked, derivation, variant }: AskedQuestion): string[] {
  const answer = readAnswer(shown, asked);
  const judgement = isUnderstood(answer) ? judgeAnswer(answer.value, truth, { isShare: isShare(asked) }) : null;
  const wrong: Readonly<Record<string, boolean>> = {
    'its truth is no finite number above 0': !(truth > 0 && Number.isFinite(truth)),
    'a text is not filled': /[{}]|NaN|undefined|Infinity/.test(`${asks}${hint}${means}`),
    'the hint tells the answer': hint.includes(shown),
    'what is right is not judged right': judgement?.close !== true,
    'it is not derived': arithmeticBlock(derivation.plan, [derivation.quantity]).lines.length < 2,
  };
  return Object.keys(wrong).flatMap((fault) => (wrong[fault] ? [`${variant}: ${fault} (${shown})`] : []));
}

describe('docs/drills.md', () => {
  const text = readFileSync('docs/drills.md', 'utf8');

  it('shows a question that can be read', async () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
    const plan = await loadPlan('amazon-shop', { claims: false });
    const { questions: shown } = readDrill('lessons/drill/1-traffic.yaml', example, new Map([[plan.name, plan]]));
    expect(shown.map(({ id, variants }) => `${id} ${variants.length}`)).toEqual(['traffic/peak 16']);
  });

  it('lists the topics that there are', () => expect(text).toContain(topics.map(({ name }) => name).join(', ')));
});

describe('the whiteboard', () => {
  it('has six boxes, the last of which is drawn if time permits', async () => {
    const { boxes } = await loadWhiteboard();
    expect(boxes.map(({ id, allowed_s }) => `${id} ${allowed_s}`)).toEqual([
      'core 300',
      'scalability 300',
      'availability 180',
      'async 180',
      'cdn 120',
      'services null',
    ]);
    for (const { points } of boxes) expect(points.length).toBeGreaterThanOrEqual(3);
  });
});
