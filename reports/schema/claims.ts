import { z } from 'zod';
import { COMPARISONS, WHERE_MEASURED } from '../../model/plan/plan.ts';
import { FINDINGS } from '../../model/plan/read-claims.ts';
import { key } from './key.ts';
import { COUNT, FORMULA, METRIC, STATEMENT, TEXT } from './scalars.ts';
import { NOTE } from './texts.ts';

const PLACE = {
  scenario: key(TEXT, 'The scenario that measures it', 'peak'),
  step: key(COUNT, 'The step that it runs on', 2),
  phase: key(TEXT, 'The phase to look at (default: all that are judged)', 'steady').optional(),
  metric: key(METRIC, 'What to measure', 'p95(search)'),
};

const MEASURED = z.strictObject({
  ...PLACE,
  on: key(
    z.enum(WHERE_MEASURED),
    'What settles it (default: servers); the simulator for what no machine at hand can show',
    'simulator',
  ).optional(),
  versus: key(z.strictObject(PLACE).partial(), 'What the figure is compared with; what is left out is the same', {
    step: 1,
  }).optional(),
  as: key(
    z.enum(COMPARISONS),
    'How it compares: `reduction` is 1 - figure / other (the default), `ratio` is figure / other',
    'ratio',
  ).optional(),
});

const CLAIM = z.strictObject({
  document: key(TEXT, 'The document that says it, as named under `documents`', 'design'),
  section: key(TEXT, "The document's own heading", 'Performance'),
  says: key(STATEMENT, 'The number as the document states it', '< 300 ms', '10..30 s'),
  asks: key(TEXT, 'The claim as a question of its reader', 'does caching cut database load by 80 %?').optional(),
  computed: key(FORMULA, 'What it should follow from, in the same unit', 'latency.search.total').optional(),
  measured: key(MEASURED, 'What measures it', { scenario: 'peak', step: 2, metric: 'p95(search)' }).optional(),
  settled_by: key(TEXT, 'The scenario that will settle what only a running system can', 'database-failover').optional(),
  same_as: key(z.array(TEXT), 'Claims that state the same number elsewhere; those of other plans as `plan/claim`', [
    'summary.failover',
  ]).optional(),
  known: key(z.enum(FINDINGS), 'What the audit is known to find (default: holds)', 'contradicted').optional(),
  note: NOTE,
});

export const CLAIMS = z.record(z.string(), CLAIM);
