import { expect, it } from 'vitest';
import { loadLesson } from '../../api/lessons.ts';
import { decide } from '../../cli/walk/decide.ts';
import { documentsAnswer, follow } from '../../model/decision/follow.ts';
import { idleQuestions } from '../../model/decision/paths.ts';
import { plainStyle } from '../../reports/style.ts';

const { lesson, plan } = await loadLesson('order-management/1');
const decision = lesson.decision;
if (!decision) throw new Error('the lesson decides nothing');

it('decides for the documents as they do themselves, at their first question', () => {
  const { steps, outcome } = follow(decision, documentsAnswer);
  expect([steps.length, outcome?.id]).toEqual([1, 'monolith']);
});

it("finds that the documents' last question decides nothing", () => {
  expect(idleQuestions(decision).map(({ id }) => id)).toEqual(['deadline']);
});

it('sends a team of ten to services for its availability, and says that nobody asked about time', async () => {
  const typed = ['10', 'no', 'no', 'yes'];
  let shown = '';
  let kept = {};
  await decide({
    terminal: { out: (text) => (shown += text), style: plainStyle, width: 80 },
    keyboard: { line: async () => typed.shift() ?? null },
    decision,
    answers: {},
    units: plan.units,
    keep: async (given) => void (kept = given),
  });
  expect(kept).toEqual({ 'team-size': '10', 'separate-scaling': 'no', 'other-languages': 'no', availability: 'yes' });
  expect(shown).toContain('Your outcome: Services');
  const said = shown.replaceAll(/\s+/g, ' ');
  expect(said).toContain('What is not asked any more: “In how many weeks does the first version have to run?”');
  expect(said).toContain('You part at “How many engineers will build and run it?” There it is: 7 engineers.');
});
