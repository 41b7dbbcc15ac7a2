import { clockCalls, clockSays } from '../../model/whiteboard/spoken-clock.ts';
import type { WhiteboardBox } from '../../model/whiteboard/whiteboard.ts';
import { boxDocument } from '../../reports/drill/whiteboard-document.ts';
import type { DrawnBox } from '../../reports/drill/whiteboard-document.ts';
import { print, say } from './drill-site.ts';
import type { DrillSite } from './drill-site.ts';
import type { Clock } from './wall-clock.ts';

const DRAWING = 'd done, c clock, q quit: ';

/** One box: announced, drawn on paper while the clock speaks in whole lines, then ticked off. Null when the learner quits. */
export async function drawBox(
  site: DrillSite,
  box: WhiteboardBox,
  { number, of }: { readonly number: number; readonly of: number },
  clock: Clock,
): Promise<DrawnBox | null> {
  print(site.terminal, boxDocument(box, number, of));
  if (!(await wantsToStart(site))) return null;
  const taken_s = await drawing(site, box, clock);
  if (taken_s === null) return null;
  say(site.terminal, clockSays(taken_s, box.allowed_s));
  return { box, taken_s, points: await pointsDrawn(site, box.points.length) };
}

async function wantsToStart({ terminal, keyboard }: DrillSite): Promise<boolean> {
  for (;;) {
    const key = await keyboard.key('s start the clock, q quit: ');
    if (key === 's' || key === 'enter') return true;
    if (key === 'q' || key === null) return false;
    say(terminal, 'Press s to start the clock, or q to quit.');
  }
}

/** How long it took, in seconds; null when the learner quits. */
async function drawing(
  { terminal, keyboard }: DrillSite,
  { allowed_s }: WhiteboardBox,
  clock: Clock,
): Promise<number | null> {
  const began_ms = clock.now().getTime();
  const taken = (): number => (clock.now().getTime() - began_ms) / 1_000;
  // The line on which a key is awaited is given up, and asked again.
  const speak = (says: string) => (): void => terminal.err(`\n${says}\n${DRAWING}`);
  const cancels = clockCalls(allowed_s).map(({ at_s, says }) => clock.after(at_s, speak(says)));
  try {
    for (;;) {
      const key = await keyboard.key(DRAWING);
      if (key === 'd' || key === 'enter') return taken();
      if (key === 'q' || key === null) return null;
      say(
        terminal,
        key === 'c' ? clockSays(taken(), allowed_s) : 'Press d when it is drawn, c for the clock, q to quit.',
      );
    }
  } finally {
    for (const cancel of cancels) cancel();
  }
}

/** Null where that is not answered. */
async function pointsDrawn({ terminal, keyboard }: DrillSite, of: number): Promise<number | null> {
  for (;;) {
    const line = await keyboard.line(`How many of the ${of} points are on your paper (Enter skips)? `);
    const word = line?.trim() ?? '';
    if (word === '') return null;
    const points = Number(word);
    if (Number.isInteger(points) && points >= 0 && points <= of) return points;
    say(terminal, `Write a whole number from 0 to ${of}.`);
  }
}
