import { z } from 'zod';
import type { ComparedRuns } from '../model/comparison/comparison.ts';
import type { RunHistory } from '../model/comparison/history.ts';

export const COMPARISON_FORMAT_VERSION = 1;

const number = z.number();
const text = z.string();
const count = number.int().min(0);
const DIRECTION = z.enum(['better', 'worse']);
const SIDE = z.object({ name: text, runs: count });
const PLACE = { plan: text, step: count, scenario: text };

const COMPARISON = z.object({
  metric: text,
  unit: text,
  besides: z.literal(true).exactOptional(),
  status: z.enum(['changed', 'unchanged', 'too noisy', 'no data']),
  direction: DIRECTION.exactOptional(),
  before: number.exactOptional(),
  after: number.exactOptional(),
  shift: z.object({ value: number, low: number, high: number }).exactOptional(),
  p: number.exactOptional(),
  pAdjusted: number.exactOptional(),
  effect: number.exactOptional(),
  magnitude: number,
  runsNeeded: count.exactOptional(),
  because: text,
});

/** Two sets of runs, compared, as JSON. */
export const COMPARED_RUNS: z.ZodType<ComparedRuns> = z.object({
  ...PLACE,
  before: SIDE,
  after: SIDE,
  comparisons: z.array(COMPARISON),
  unlike: z.array(text),
});

const HISTORY: z.ZodType<RunHistory> = z.object({
  ...PLACE,
  runs: z.array(z.object({ run: text, startedAt: text })),
  metrics: count,
  changes: z.array(
    z.object({
      metric: text,
      unit: text,
      direction: DIRECTION.exactOptional(),
      run: text,
      startedAt: text,
      before: number,
      after: number,
      p: number,
    }),
  ),
});

const HEAD = { formatVersion: z.literal(COMPARISON_FORMAT_VERSION) };

/** What `compare --json` writes: two sets of runs against each other, or the history of a scenario. */
export const COMPARISON_FILE = z.discriminatedUnion('kind', [
  z.object({
    ...HEAD,
    kind: z.literal('comparison'),
    outcome: z.enum(['worse', 'unsure', 'fine']),
    compared: z.array(COMPARED_RUNS),
  }),
  z.object({ ...HEAD, kind: z.literal('history'), history: HISTORY }),
]);

export type ComparisonFile = z.infer<typeof COMPARISON_FILE>;

/** The published JSON Schema (draft 2020-12) of what `compare --json` writes. */
export function comparisonJsonSchema(): object {
  return z.toJSONSchema(COMPARISON_FILE, { target: 'draft-2020-12' });
}
