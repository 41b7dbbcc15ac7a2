import { timeInWords } from '../../model/whiteboard/spoken-clock.ts';
import type { OrderJudgement } from '../../model/whiteboard/judge-order.ts';
import type { Whiteboard, WhiteboardBox } from '../../model/whiteboard/whiteboard.ts';
import type { Block, ReportDocument } from '../document.ts';

/** Boxes to be put in order, each behind the letter that stands for it. */
export function shuffledDocument(boxes: readonly WhiteboardBox[], letters: readonly string[]): ReportDocument {
  const lines = boxes.map(({ title, points }, index) => `${letters[index] ?? ''}  ${title}. ${points[0] ?? ''}`);
  return [{ kind: 'item', title: 'In which order do you draw these?', lines }];
}

/** What is misplaced, then the right order with times and reasons; `judged` is null when it was skipped. */
export function orderDocument({ boxes }: Whiteboard, judged: OrderJudgement | null): ReportDocument {
  return [
    ...(judged ? judgedBlocks(boxes, judged) : []),
    {
      kind: 'item',
      title: 'The order, and why:',
      lines: boxes.map(({ title, allowed_s, because }) => `${title}, ${timeBox(allowed_s)}: ${because}`),
    },
  ];
}

function judgedBlocks(boxes: readonly WhiteboardBox[], { right, misplaced }: OrderJudgement): Block[] {
  if (right) return [{ kind: 'paragraph', text: 'Right: that is the order.', tone: 'good' }];
  const titleOf = (id: string): string => boxes.find((box) => box.id === id)?.title ?? id;
  const lines = misplaced.map(({ box, after }) =>
    after === null ? `${titleOf(box)} comes first.` : `${titleOf(box)} comes after ${titleOf(after)}.`,
  );
  const count = misplaced.length;
  return [
    {
      kind: 'item',
      title: `Not yet: ${count} ${count === 1 ? 'box has' : 'boxes have'} to move.`,
      tone: 'warn',
      lines,
    },
  ];
}

/** What to draw now, and in which time; what belongs into it is told when it is drawn. */
export function boxDocument({ title, allowed_s }: WhiteboardBox, number: number, of: number): ReportDocument {
  return [
    { kind: 'heading', text: `Box ${number} of ${of}: ${title}, ${timeBox(allowed_s)}` },
    { kind: 'paragraph', text: 'Draw it from memory, and say aloud what you would tell an interviewer.' },
  ];
}

/** What belongs into a box, and what to say while it is drawn. */
export function boxContentDocument({ points, say }: WhiteboardBox): ReportDocument {
  return [
    { kind: 'paragraph', text: 'What belongs into it:' },
    { kind: 'list', entries: points },
    { kind: 'paragraph', text: `What you could say: ${say.replaceAll(/\s+/g, ' ')}` },
  ];
}

/** A box that was drawn. */
export interface DrawnBox {
  readonly box: WhiteboardBox;
  readonly taken_s: number;
  /** How many of its points were drawn, as the learner says; null where that was not answered. */
  readonly points: number | null;
}

/** Taken against allowed, of so many boxes that there are. `plain` has sentences in place of the table. */
export function drawnDocument(drawn: readonly DrawnBox[], of: number, { plain = false } = {}): ReportDocument {
  if (drawn.length === 0) return [{ kind: 'paragraph', text: 'No box was drawn.' }];
  const text = `${drawnText(drawn.length, of)} ${lateText(drawn)}`;
  return [...(plain ? drawnSentences(drawn) : [drawnTable(drawn)]), { kind: 'paragraph', text }];
}

function drawnText(drawn: number, of: number): string {
  return drawn === of ? 'Every box was drawn.' : `${drawn} of ${of} boxes ${drawn === 1 ? 'was' : 'were'} drawn.`;
}

function lateText(drawn: readonly DrawnBox[]): string {
  const { length: late } = drawn.filter(({ box: { allowed_s }, taken_s }) => allowed_s !== null && taken_s > allowed_s);
  if (drawn.length === 1) return late === 0 ? 'It was done in its time.' : 'It took longer than its time.';
  if (late === 0) return 'Each was done in its time.';
  return `${late} of them took longer than ${late === 1 ? 'its' : 'their'} time.`;
}

function drawnTable(drawn: readonly DrawnBox[]): Block {
  return {
    kind: 'table',
    name: 'boxes',
    columns: [
      { title: 'box', flexible: true },
      { title: 'allowed', align: 'right' },
      { title: 'taken', align: 'right' },
      { title: 'points', align: 'right' },
    ],
    rows: drawn.map(({ box, taken_s, points }) => [
      box.title,
      box.allowed_s === null ? 'no limit' : timeInWords(box.allowed_s),
      timeInWords(taken_s),
      pointsText(points, box),
    ]),
    data: drawn.map(({ box, taken_s, points }) => ({ box: box.id, allowed_s: box.allowed_s, taken_s, points })),
  };
}

function drawnSentences(drawn: readonly DrawnBox[]): Block[] {
  return drawn.map(({ box, taken_s, points }) => {
    const allowed = box.allowed_s === null ? 'without a limit' : `of ${timeInWords(box.allowed_s)}`;
    const title = `${box.title}: ${timeInWords(taken_s)} ${allowed}; points drawn: ${pointsText(points, box)}.`;
    return { kind: 'item', title, lines: [] };
  });
}

function pointsText(points: number | null, { points: all }: WhiteboardBox): string {
  return points === null ? '-' : `${points} of ${all.length}`;
}

function timeBox(allowed_s: number | null): string {
  return allowed_s === null ? 'if time permits' : timeInWords(allowed_s);
}
