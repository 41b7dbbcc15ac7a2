import type { Decision, DecisionQuestion } from '../../model/decision/decision.ts';
import type { Block } from '../document.ts';
import { mermaidIds, mermaidLabel } from '../topology/mermaid-text.ts';
import { decisionFindings } from './decision-findings.ts';
import { branchWords, capital } from './decision-words.ts';

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

/** The whole tree: as Mermaid, every question with where its answers lead and why, the outcomes, and what it decides without asking. */
export function decisionTree(decision: Decision): Block[] {
  const { questions, outcomes } = decision;
  const leads = (question: DecisionQuestion, yes: boolean): string =>
    `${capital(branchWords(question, yes))}: ${nameOf(question[yes ? 'yes' : 'no'].to, decision)}`;
  const says = questions.map(
    (question) => `${question.asks} ${ended(leads(question, true))} ${ended(leads(question, false))}`,
  );
  const findings = decisionFindings(decision);
  return [
    { kind: 'drawing', text: decisionMermaid(decision), language: 'mermaid', says },
    ...questions.map((question): Block => ({
      kind: 'item',
      title: question.asks,
      lines: [
        `${ended(leads(question, true))} ${question.yes.because}`,
        `${ended(leads(question, false))} ${question.no.because}`,
        ...(question.documents ? [`The documents' own project: ${question.documents.shown}.`] : []),
      ],
    })),
    ...outcomes.map(({ title, text }): Block => ({ kind: 'item', title, lines: [text] })),
    ...(findings.length === 0
      ? []
      : [
          { kind: 'paragraph' as const, text: 'What the tree decides without asking:' },
          { kind: 'list' as const, entries: findings },
        ]),
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
    ...questions.flatMap((question) => [
      `  ${idOf(question.id)} -->|${mermaidLabel([branchWords(question, true)])}| ${idOf(question.yes.to)}`,
      `  ${idOf(question.id)} -->|${mermaidLabel([branchWords(question, false)])}| ${idOf(question.no.to)}`,
    ]),
  ].join('\n');
}

/** A question has its own mark at the end. */
function ended(text: string): string {
  return text.endsWith('”') ? text : `${text}.`;
}

function nameOf(to: string, { questions, outcomes }: Decision): string {
  const question = questions.find(({ id }) => id === to);
  return question ? `ask “${question.asks}”` : (outcomes.find(({ id }) => id === to)?.title ?? to);
}
