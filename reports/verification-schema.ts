import { z } from 'zod';
import { LEDGER_FORMAT_VERSION } from '../model/claims/ledger.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import { JUDGEMENT } from './judgement-schema.ts';

export const VERIFICATION_FORMAT_VERSION = 1;

const number = z.number();
const text = z.string();
const count = number.int().min(0);
const FINDING = z.enum(['holds', 'close', 'contradicted']);
const VERDICT = z.enum([...FINDING.options, 'inconclusive', 'invalid', 'no data', 'not measured', 'not derivable']);

const PLACE = { metric: text, scenario: text, step: count, phase: text.exactOptional() };

const READING = z.object({
  verdict: VERDICT,
  value: number.exactOptional(),
  low: number.exactOptional(),
  high: number.exactOptional(),
  samples: count.exactOptional(),
  ...PLACE,
  versus: z.object({ ...PLACE, as: z.enum(['reduction', 'ratio']) }).exactOptional(),
  run: text.exactOptional(),
  replications: count.exactOptional(),
  detail: text.exactOptional(),
});

const ROW = z.object({
  claim: text,
  document: text,
  section: text,
  asks: text,
  claimed: text,
  unit: text,
  claimedUnit: z.object({ symbol: text, factor: number }),
  computed: z.object({ value: number, formula: text, finding: FINDING }).exactOptional(),
  simulated: READING.exactOptional(),
  measured: READING.exactOptional(),
  settledBy: text.exactOptional(),
  verdict: VERDICT,
  settledIn: z.enum(['simulated', 'measured']).exactOptional(),
  known: FINDING,
  asKnown: z.boolean(),
  note: text.exactOptional(),
});

/** A prediction beside what was measured, as JSON. */
export const PREDICTION = z.object({
  scenario: text,
  step: count,
  phase: text,
  quantity: text,
  unit: z.enum(['req/s', 'share', 's']),
  predicted: number,
  measured: number,
  error: number.nullable(),
  within: number.nullable(),
});

/** A ledger as JSON. */
export const LEDGER: z.ZodType<Ledger> = z.object({
  formatVersion: z.literal(LEDGER_FORMAT_VERSION),
  kind: z.literal('ledger'),
  plan: text,
  rows: z.array(ROW),
  predictions: z.array(PREDICTION).exactOptional(),
});

const RUN = { plan: text, scenario: text, step: count };

/** What could not be run, as JSON. */
export const FAILURE = z.object({ ...RUN, because: text });

/** What `verify --json` writes: a ledger for each plan, what was run and how it was judged, and what could not be run. */
export const VERIFICATION = z.object({
  formatVersion: z.literal(VERIFICATION_FORMAT_VERSION),
  kind: z.literal('verification'),
  ledgers: z.array(LEDGER),
  runs: z.array(z.object({ ...RUN, judgement: JUDGEMENT, run: text })),
  failures: z.array(FAILURE),
});

/** The published JSON Schema (draft 2020-12) of a verification. */
export function verificationJsonSchema(): object {
  return z.toJSONSchema(VERIFICATION, { target: 'draft-2020-12' });
}
