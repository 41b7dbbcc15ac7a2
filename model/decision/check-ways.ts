import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';
import type { PlacedBranch } from './read-branch.ts';

/** A question or an outcome, and where in the file it stands. */
export interface Stop {
  readonly id: string;
  readonly node: Node;
}

export interface Fork extends Stop {
  readonly branches: readonly PlacedBranch[];
}

/** Reports answers that lead nowhere or in a circle, and what no answer leads to. The first question is where it begins. */
export function checkWays(source: Source, questions: readonly Fork[], outcomes: readonly Stop[]): void {
  const before = source.diagnostics.length;
  reportTwice(source, questions, outcomes);
  reportNowhere(source, questions, outcomes);
  // While an answer leads nowhere, what else can be reached is not known.
  if (source.diagnostics.length > before || questions.some(({ branches }) => branches.length < 2)) return;
  reportCircles(source, questions);
  reportUnreached(source, questions, outcomes);
}

function reportTwice(source: Source, questions: readonly Fork[], outcomes: readonly Stop[]): void {
  for (const { id, node } of outcomes) {
    if (!questions.some((question) => question.id === id)) continue;
    source.report('DUPLICATE', node, `\`${id}\` is a question, too`, { help: 'call one of them otherwise' });
  }
}

function reportNowhere(source: Source, questions: readonly Fork[], outcomes: readonly Stop[]): void {
  const known = [...questions, ...outcomes].map(({ id }) => id);
  for (const { branch, node } of questions.flatMap(({ branches }) => branches)) {
    if (known.includes(branch.to)) continue;
    const near = nearest(branch.to, known);
    const help = near ? `did you mean \`${near}\`?` : `questions and outcomes: ${known.join(', ')}`;
    source.report('UNKNOWN_NAME', node, `no question or outcome is called \`${branch.to}\``, { help });
  }
}

function reportCircles(source: Source, questions: readonly Fork[]): void {
  const done = new Set<string>();
  const visit = (id: string, way: readonly string[]): void => {
    const question = questions.find((each) => each.id === id);
    if (!question || done.has(id)) return;
    for (const { branch, node } of question.branches) {
      if (branch.to === id || way.includes(branch.to)) {
        const help = 'let it lead to an outcome, or to a question that leads on';
        source.report('CYCLE', node, `this leads back to \`${branch.to}\``, { help });
      } else visit(branch.to, [...way, id]);
    }
    done.add(id);
  };
  for (const { id } of questions) visit(id, []);
}

function reportUnreached(source: Source, questions: readonly Fork[], outcomes: readonly Stop[]): void {
  const reached = new Set<string>();
  const visit = (id: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const { branch } of questions.find((each) => each.id === id)?.branches ?? []) visit(branch.to);
  };
  const [first] = questions;
  if (first) visit(first.id);
  for (const { id, node } of [...questions, ...outcomes]) {
    if (reached.has(id)) continue;
    source.report('UNREACHABLE', node, `no answer leads to \`${id}\``, { help: 'let one lead there, or leave it out' });
  }
}
