import type { Branch, Decision, DecisionQuestion } from '../../model/decision/decision.ts';
import type { Block } from '../document.ts';
import { mermaidIds, mermaidLabel } from '../topology/mermaid-text.ts';

/** What a decision asks and where it can end, without giving away which answer leads where. */
export function decisionIntroduction({ title, questions, outcomes }: Decision): Block[] {
  return [
    { kind: 'paragraph', text: `${title}. Answer for a project of your own; one question follows from the other.` },
    { kind: 'paragraph', text: 'What may be asked:' },
    { kind: 'list', entries: questions.map(({ asks }) => asks) },
    { kind: 'paragraph', text: 'Where it may end:' },
    { kind: 'list', entries: outcomes.map(({ title }) => title) },
  ];
}

/** The whole tree: as Mermaid, then every question with where its answers lead and why, then the outcomes. */
export function decisionTree(decision: Decision): Block[] {
  const { questions, outcomes } = decision;
  const says = questions.map(
    ({ asks, yes, no }) => `${asks} Yes: ${nameOf(yes, decision)}. No: ${nameOf(no, decision)}.`,
  );
  return [
    { kind: 'drawing', text: decisionMermaid(decision), language: 'mermaid', says },
    ...questions.map((question): Block => ({
      kind: 'item',
      title: question.asks,
      lines: [
        `Yes: ${nameOf(question.yes, decision)}. ${question.yes.because}`,
        `No: ${nameOf(question.no, decision)}. ${question.no.because}`,
        ...(question.documents ? [`The documents' own project: ${question.documents.shown}.`] : []),
      ],
    })),
    ...outcomes.map(({ title, text }): Block => ({ kind: 'item', title, lines: [text] })),
  ];
}

/** Questions as diamonds with their answers as edges, outcomes as round boxes. */
export function decisionMermaid({ questions, outcomes }: Decision): string {
  const ids = mermaidIds(
    [...questions, ...outcomes].map(({ id }) => id),
    'at',
  );
  const idOf = (name: string): string => ids.get(name) ?? name;
  return [
    'flowchart TB',
    ...questions.map(({ id, asks }) => `  ${idOf(id)}{${mermaidLabel([asks])}}`),
    ...outcomes.map(({ id, title }) => `  ${idOf(id)}([${mermaidLabel([title])}])`),
    ...questions.flatMap(({ id, yes, no, number }) => [
      `  ${idOf(id)} -->|${mermaidLabel([answerText('yes', number)])}| ${idOf(yes.to)}`,
      `  ${idOf(id)} -->|${mermaidLabel([answerText('no', number)])}| ${idOf(no.to)}`,
    ]),
  ].join('\n');
}

function answerText(answer: 'yes' | 'no', number: DecisionQuestion['number']): string {
  if (!number) return answer;
  return answer === 'yes' ? `below ${number.shown}` : `${number.shown} or more`;
}

function nameOf({ to }: Branch, { questions, outcomes }: Decision): string {
  const question = questions.find(({ id }) => id === to);
  return question ? `ask “${question.asks}”` : (outcomes.find(({ id }) => id === to)?.title ?? to);
}
