import { paragraphs, shotOf } from './take.ts';
import { terminalSvg } from './terminal-svg.ts';

/** The pictures of the documentation by the names of their files in docs/pictures/; each is drawn from what our commands print. */
export const PICTURES: Readonly<Record<string, () => Promise<string>>> = { 'estimate.svg': estimate };

const COLUMNS = 92;

async function estimate(): Promise<string> {
  const lines = await shotOf(
    ['estimate'],
    COLUMNS,
    paragraphs(/^step /, /^Step 2:/, /^tier /, /^\* `database` breaks/),
  );
  return terminalSvg({
    title: 'shop-plan estimate',
    description:
      'A terminal in which shop-plan estimate was called. A table tells of each of six steps what breaks first. Below are the tiers of step 2 with what ' +
      'each has to carry and can carry: the database is asked more than it can answer.',
    columns: COLUMNS,
    frames: [{ lines, seconds: 0 }],
  });
}
