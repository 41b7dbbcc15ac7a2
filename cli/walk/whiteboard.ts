import { loadWhiteboard } from '../../api/drills.ts';
import type { WhiteboardRecord } from '../../model/progress/progress.ts';
import { withWhiteboard } from '../../model/progress/with-drill.ts';
import { judgeOrder } from '../../model/whiteboard/judge-order.ts';
import { shuffled } from '../../model/whiteboard/shuffle.ts';
import type { Whiteboard, WhiteboardBox } from '../../model/whiteboard/whiteboard.ts';
import { drawnDocument, orderDocument, shuffledDocument } from '../../reports/drill/whiteboard-document.ts';
import type { DrawnBox } from '../../reports/drill/whiteboard-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { drawBox } from './draw-box.ts';
import type { DrillSite, KeptProgress } from './drill-site.ts';
import type { Keyboard } from './keyboard.ts';
import { sheetWidth, tell, write } from './print.ts';
import { WALL_CLOCK } from './wall-clock.ts';
import type { Clock } from './wall-clock.ts';

export interface WhiteboardOptions {
  readonly progress: KeptProgress;
  /** In which order the boxes are shown; another one each time when absent. */
  readonly seed?: number;
  /** Sentences in place of tables. */
  readonly plain?: boolean;
  readonly clock?: Clock;
}

const LETTERS = 'abcdefgijklmnoprstuvwxyz'; // without h and q, which are keys

/** `shop-plan walk --whiteboard`: what to draw first, from memory, and then on paper against the clock. */
export async function whiteboardCommand(
  { terminal, signal }: Context,
  keyboard: Keyboard,
  { progress, seed, plain = false, clock = WALL_CLOCK }: WhiteboardOptions,
): Promise<ExitCode> {
  const site = { terminal, keyboard, plain, width: sheetWidth(terminal) };
  const whiteboard = await loadWhiteboard();
  const at = clock.now().toISOString();
  const boxes = shuffled(whiteboard.boxes, seed ?? progress.progress.whiteboards.length + 1);
  const ordered = await orderBoxes(site, whiteboard, boxes);
  if (ordered !== null) {
    await keepRecord(progress, { at, ...ordered, taken_s: {} });
    const drawn = await drawAll(site, whiteboard, clock);
    if (drawn.length > 0) await keepRecord(progress, { at, ...ordered, taken_s: takenBy(drawn) });
    if (drawn.length > 0) write(site, drawnDocument(drawn, boxes.length, { plain }));
  }
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}

function keepRecord(progress: KeptProgress, record: WhiteboardRecord): Promise<void> {
  return progress.keep((before) => withWhiteboard(before, record));
}

const takenBy = (drawn: readonly DrawnBox[]): WhiteboardRecord['taken_s'] =>
  Object.fromEntries(drawn.map(({ box, taken_s }) => [box.id, Math.round(taken_s)]));

/** Exercise one. Null when the learner quits. */
async function orderBoxes(
  site: DrillSite,
  whiteboard: Whiteboard,
  boxes: readonly WhiteboardBox[],
): Promise<Pick<WhiteboardRecord, 'order' | 'right'> | null> {
  const letters = [...LETTERS].slice(0, boxes.length);
  write(site, [{ kind: 'heading', text: whiteboard.title }, ...shuffledDocument(boxes, letters)]);
  for (;;) {
    const line = await site.keyboard.line('Your order, all letters (h hint, Enter shows it, q quit): ');
    const word = line?.trim().toLowerCase();
    if (word === undefined || word === 'q' || word === 'quit') return null;
    if (word === 'h' || word === 'hint') {
      tell(site, 'First what carries every request, then what breaks first, then the rest by how much it helps.');
      continue;
    }
    const order = orderOf(word, letters).map((letter) => boxes[letters.indexOf(letter)]?.id ?? '');
    const judged =
      order.length === 0
        ? null
        : judgeOrder(
            order,
            whiteboard.boxes.map(({ id }) => id),
          );
    if (word !== '' && (order.length !== boxes.length || new Set(order).size !== boxes.length)) {
      tell(site, `Write each of the ${boxes.length} letters once, as in \`${letters.toReversed().join(' ')}\`.`);
      continue;
    }
    write(site, orderDocument(whiteboard, judged));
    return { order, right: judged?.right ?? false };
  }
}

/** The letters of a line; empty when there is anything else in it. */
function orderOf(word: string, letters: readonly string[]): string[] {
  const given = [...word.replaceAll(/[\s,;.>-]/g, '')];
  return given.every((letter) => letters.includes(letter)) ? given : [];
}

/** Exercise two, as far as the learner goes. */
async function drawAll(site: DrillSite, { boxes }: Whiteboard, clock: Clock): Promise<DrawnBox[]> {
  const drawn: DrawnBox[] = [];
  if (!(await wantsToDraw(site))) return drawn;
  for (const [index, box] of boxes.entries()) {
    const done = await drawBox(site, box, { number: index + 1, of: boxes.length }, clock);
    if (done === null) break;
    drawn.push(done.box);
    if (done.quits) break;
  }
  return drawn;
}

async function wantsToDraw(site: DrillSite): Promise<boolean> {
  for (;;) {
    const key = await site.keyboard.key('Take paper. d draw against the clock, q quit: ');
    if (key === 'd' || key === 'enter') return true;
    if (key === 'q' || key === null) return false;
    tell(site, 'Press d to draw against the clock, or q to quit.');
  }
}
