import { z } from 'zod';
import { SIMULATION_FORMAT_VERSION } from '../model/questions/simulation.ts';
import type { Simulation } from '../model/questions/simulation.ts';
import { JUDGEMENT } from './judgement-schema.ts';

const number = z.number();
const count = number.int().min(0);
const text = z.string();

const FIGURE = z.object({ value: number, halfWidth95: number.nullable(), atLeast: z.literal(true).exactOptional() });
const SEEN = FIGURE.nullable();
const LOAD_FIGURES = {
  throughput_per_s: SEEN,
  error_share: SEEN,
  mean_s: SEEN,
  p50_s: SEEN,
  p95_s: SEEN,
  p99_s: SEEN,
};

const PHASE = z.object({
  phase: text,
  judged: z.boolean(),
  start_s: number,
  end_s: number,
  throughput_per_s: FIGURE,
  error_share: SEEN,
  p50_s: SEEN,
  p95_s: SEEN,
  p99_s: SEEN,
});

const COUNTERS = z.object({
  per_s: z.record(text, number),
  per_replication: z.record(text, number),
  mean_age_s: z.record(text, number),
});

const TIER = z.object({
  tier: text,
  kind: text,
  instances: count,
  servers: count,
  throughput_per_s: FIGURE,
  utilisation: FIGURE,
  waiting: FIGURE,
  inside: FIGURE,
  residence_s: FIGURE,
  littleError: number,
});

const INSTABILITY = z.object({
  tier: text,
  phase: text,
  replications: count,
  offeredUtilisation: number,
  faults: z.array(text),
  because: text,
});

const SERIES = z.object({
  at_s: z.array(number),
  p95_s: z.array(number.nullable()),
  tiers: z.array(z.object({ tier: text, utilisation: z.array(number.nullable()) })),
});

const STEP = z.object({
  step: count,
  name: text,
  judgement: JUDGEMENT,
  replications: count,
  precision: number.nullable(),
  precisionAsked: number.nullable(),
  duration_s: number,
  warmUp_s: number,
  events: count,
  all: z.object(LOAD_FIGURES),
  phases: z.array(PHASE),
  classes: z.array(z.object({ class: text, ...LOAD_FIGURES })),
  tiers: z.array(TIER),
  counters: COUNTERS,
  instabilities: z.array(INSTABILITY),
  timeline: z.array(z.object({ at_s: number, kind: text, tier: text.exactOptional(), detail: text })),
  totals: z.object({
    scheduled: count,
    sent: count,
    dropped: count,
    ok: count,
    http_error: count,
    timeout: count,
    reset: count,
    in_flight_at_end: count,
  }),
  warnings: z.array(text),
  notes: z.array(text),
  series: SERIES.exactOptional(),
});

/** What `shop-plan simulate --json` writes. Typed against the model, so that the two cannot drift apart. */
export const SIMULATION_SCHEMA: z.ZodType<Simulation> = z.object({
  formatVersion: z.literal(SIMULATION_FORMAT_VERSION),
  kind: z.literal('simulation'),
  plan: text,
  scenario: text,
  title: text,
  scale: number,
  seed: number,
  steps: z.array(STEP),
});

/** The published JSON Schema (draft 2020-12) of a simulation. */
export function simulationJsonSchema(): object {
  const schema = SIMULATION_SCHEMA.meta({ title: 'A simulation of shop-plan' });
  return z.toJSONSchema(schema, { target: 'draft-2020-12' });
}
