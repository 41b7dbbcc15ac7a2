import { clockCalls, clockSays } from '../../model/whiteboard/spoken-clock.ts';
import type { WhiteboardBox } from '../../model/whiteboard/whiteboard.ts';
import { boxContentDocument, boxDocument } from '../../reports/drill/whiteboard-document.ts';
import type { DrawnBox } from '../../reports/drill/whiteboard-document.ts';
import { print, say } from './drill-site.ts';
import type { DrillSite } from './drill-site.ts';
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
  print(site.terminal, boxDocument(box, number, of));
  if (!(await wantsToStart(site, box))) return null;
  const taken_s = await drawing(site, box, clock);
  if (taken_s === null) return null;
  say(site.terminal, clockSays(taken_s, box.allowed_s));
  print(site.terminal, boxContentDocument(box));
  const points = await pointsDrawn(site, box.points.length);
  return { box: { box, taken_s, points: points === 'quits' ? null : points }, quits: points === 'quits' };
}

async function wantsToStart({ terminal, keyboard }: DrillSite, box: WhiteboardBox): Promise<boolean> {
  for (;;) {
    const key = await keyboard.key('s start the clock, h hint, q quit: ');
    if (key === 's' || key === 'enter') return true;
    if (key === 'q' || key === null) return false;
    if (key === 'h') print(terminal, boxContentDocument(box));
    else say(terminal, 'Press s to start the clock, h for a hint, or q to quit.');
  }
}

/** How long it took, in seconds; null when the learner quits. */
async function drawing({ terminal, keyboard }: DrillSite, box: WhiteboardBox, clock: Clock): Promise<number | null> {
  const { allowed_s } = box;
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
      if (key === 'h') print(terminal, boxContentDocument(box));
      else say(terminal, key === 'c' ? clockSays(taken(), allowed_s) : KEYS);
    }
  } finally {
    for (const cancel of cancels) cancel();
  }
}

/** Null where that is not answered; the end of the input quits as well. */
async function pointsDrawn({ terminal, keyboard }: DrillSite, of: number): Promise<number | 'quits' | null> {
  for (;;) {
    const line = await keyboard.line(`How many of the ${of} points are on your paper (Enter skips, q quits)? `);
    const word = line?.trim().toLowerCase() ?? 'q';
    if (word === 'q' || word === 'quit') return 'quits';
    if (word === '') return null;
    const points = Number(word);
    if (Number.isInteger(points) && points >= 0 && points <= of) return points;
    say(terminal, `Write a whole number from 0 to ${of}.`);
  }
}
