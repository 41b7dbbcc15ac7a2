import { clockCalls, clockSays } from '../../model/whiteboard/spoken-clock.ts';
import type { WhiteboardBox } from '../../model/whiteboard/whiteboard.ts';
import { boxContentDocument, boxDocument } from '../../reports/drill/whiteboard-document.ts';
import type { DrawnBox } from '../../reports/drill/whiteboard-document.ts';
import type { DrillSite } from './drill-site.ts';
import { tell, write } from './print.ts';
import type { Clock } from './wall-clock.ts';

const DRAWING = 'd done, c clock, h hint, q quit: ';

const KEYS = 'Press d when it is drawn, c for the clock, h for a hint, q to quit.';

/**
 * One box: announced, drawn on paper while the clock speaks in whole lines, then held against what belongs into it. Null when the learner
 * quits before it is drawn; `quits` when afterwards.
 */
export async function drawBox(
  site: DrillSite,
  box: WhiteboardBox,
  { number, of }: { readonly number: number; readonly of: number },
  clock: Clock,
): Promise<{ readonly box: DrawnBox; readonly quits: boolean } | null> {
  write(site, boxDocument(box, number, of));
  if (!(await wantsToStart(site, box))) return null;
  const taken_s = await drawing(site, box, clock);
  if (taken_s === null) return null;
  tell(site, clockSays(taken_s, box.allowed_s));
  write(site, boxContentDocument(box));
  const points = await pointsDrawn(site, box.points.length);
  return { box: { box, taken_s, points: points === 'quits' ? null : points }, quits: points === 'quits' };
}

async function wantsToStart(site: DrillSite, box: WhiteboardBox): Promise<boolean> {
  for (;;) {
    const key = await site.keyboard.key('s start the clock, h hint, q quit: ');
    if (key === 's' || key === 'enter') return true;
    if (key === 'q' || key === null) return false;
    if (key === 'h') write(site, boxContentDocument(box));
    else tell(site, 'Press s to start the clock, h for a hint, or q to quit.');
  }
}

/** How long it took, in seconds; null when the learner quits. */
async function drawing(site: DrillSite, box: WhiteboardBox, clock: Clock): Promise<number | null> {
  const { allowed_s } = box;
  const began_ms = clock.now().getTime();
  const taken = (): number => (clock.now().getTime() - began_ms) / 1_000;
  // The line on which a key is awaited is given up, and asked again.
  const speak = (says: string) => (): void => site.terminal.err(`\n${says}\n${DRAWING}`);
  const cancels = clockCalls(allowed_s).map(({ at_s, says }) => clock.after(at_s, speak(says)));
  try {
    for (;;) {
      const key = await site.keyboard.key(DRAWING);
      if (key === 'd' || key === 'enter') return taken();
      if (key === 'q' || key === null) return null;
      if (key === 'h') write(site, boxContentDocument(box));
      else tell(site, key === 'c' ? clockSays(taken(), allowed_s) : KEYS);
    }
  } finally {
    for (const cancel of cancels) cancel();
  }
}

/** Null where that is not answered; the end of the input quits as well. */
async function pointsDrawn(site: DrillSite, of: number): Promise<number | 'quits' | null> {
  for (;;) {
    const line = await site.keyboard.line(`How many of the ${of} points are on your paper (Enter skips, q quits)? `);
    const word = line?.trim().toLowerCase() ?? 'q';
    if (word === 'q' || word === 'quit') return 'quits';
    if (word === '') return null;
    const points = Number(word);
    if (Number.isInteger(points) && points >= 0 && points <= of) return points;
    tell(site, `Write a whole number from 0 to ${of}.`);
  }
}
