import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walkFrames } from './walk-frames.ts';
import { paragraphs, shotOf } from './take.ts';
import { terminalSvg } from './terminal-svg.ts';

/** The pictures of the documentation by the names of their files in docs/pictures/; each is drawn from what our commands print. */
export const PICTURES: Readonly<Record<string, () => Promise<string>>> = { 'estimate.svg': estimate, 'walk.svg': walk };

async function estimate(): Promise<string> {
  const columns = 92;
  const lines = await shotOf(
    ['estimate'],
    columns,
    paragraphs(/^Amazon Shop/, /^Step 2:/, /^\* `database` breaks.*110 %/),
  );
  return terminalSvg({
    title: 'shop-plan estimate',
    description:
      'A terminal in which shop-plan estimate was called. A table tells of each of six steps what breaks first, and what it costs a month. Below ' +
      'are the tiers of step 2 with what each has to carry and can carry: the database is asked more than it can answer.',
    columns,
    frames: [{ lines, seconds: 0 }],
  });
}

async function walk(): Promise<string> {
  const columns = 80;
  const state = mkdtempSync(join(tmpdir(), 'shop-plan-picture-'));
  try {
    return terminalSvg({
      title: 'shop-plan walk 2',
      description:
        'A terminal in which a lesson is walked through, page by page: what there is, drawn as a tree, with a question; a hint; what breaks and why, with ' +
        'the arithmetic; and what is added, with the same tree afterwards and whether it holds.',
      columns,
      frames: await walkFrames(['walk', '2'], ['h', 'n', 'n'], { columns, rows: 36, state }),
    });
  } finally {
    rmSync(state, { recursive: true });
  }
}
