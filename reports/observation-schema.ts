import { z } from 'zod';
import { OBSERVATION_FORMAT_VERSION } from '../model/observation/observation.ts';
import type { Observation } from '../model/observation/observation.ts';

const number = z.number();
const count = z.number().int().min(0);
const text = z.string();
const texts = z.record(text, text);
/** Three times what the largest histogram takes, so that no file can have us unpack without end. */
const histogram = text.max(400_000);

const OUTCOMES = { ok: count, http_error: count, timeout: count, reset: count };
const ARRIVALS = { scheduled: count, sent: count, dropped: count };

const WHAT = z.object({
  plan: text,
  step: number,
  scenario: text,
  scale: number,
  seed: number,
  executor: z.enum(['live', 'simulator']),
  engine: text,
  profile: z.enum(['documents', 'machine']),
  startedAt: text.exactOptional(),
  environment: texts,
});

const PHASE = z.object({
  name: text,
  start_s: number,
  end_s: number,
  judged: z.boolean(),
  target_rate_per_s: number,
  target_journeys_per_s: number.exactOptional(),
  counters: z.record(text, number),
});

const INTERVAL = z.object({
  start_s: number,
  ...ARRIVALS,
  in_flight: count,
  ...OUTCOMES,
  response_us: z.object({ p50: number, p95: number, p99: number, max: number, mean: number.exactOptional() }),
});

const CLASS = z.object({
  class: text,
  phase: text,
  ...ARRIVALS,
  ...OUTCOMES,
  statuses: z.record(text, count),
  response_us: histogram,
  service_us: histogram,
  censored: count,
});

const TIER = z.object({
  tier: text,
  series: z.array(
    z.object({
      at_s: number,
      cpu_cores: number.exactOptional(),
      utilisation: number.exactOptional(),
      memory_bytes: number.exactOptional(),
      instances: number.exactOptional(),
      queue_length: number.exactOptional(),
      throughput_per_s: number.exactOptional(),
    }),
  ),
});

const GENERATOR = z.object({
  send_lag_us: z.object({ p50: number, p99: number, max: number }),
  cpu_cores: number,
  event_loop_utilisation: number,
  gc_pause_ms_max: number,
  memory_bytes_max: number,
  sockets_max: number,
  in_flight_cap: number.exactOptional(),
});

const FAULT = z.object({
  fault: text,
  tier: text,
  targets: z.array(text),
  injected_at_s: number,
  effect: text,
  observed_at_s: number.exactOptional(),
  healed_at_s: number.exactOptional(),
  unhealed: text.exactOptional(),
});

const OUTAGE = z.object({
  of: text,
  began_at_s: number,
  ended_at_s: number,
  parts: z.array(z.object({ name: text, duration_s: number })),
});

const WRITES = z.object({
  acknowledged: count,
  failed: count,
  indeterminate: count,
  lost: count,
  recovered: count,
  unexpected: count,
  duplicated: count,
  unread: count,
  examples: z.record(text, z.array(text)),
});

/** An observation as JSON. */
export const OBSERVATION: z.ZodType<Observation> = z.object({
  formatVersion: z.literal(OBSERVATION_FORMAT_VERSION),
  what: WHAT,
  interval_s: number.exactOptional(),
  phases: z.array(PHASE),
  intervals: z.array(INTERVAL),
  classes: z.array(CLASS),
  journeys: z.array(CLASS).exactOptional(),
  tiers: z.array(TIER),
  events: z.array(z.object({ at_s: number, kind: text, tier: text.exactOptional(), detail: text })),
  faults: z.array(FAULT).exactOptional(),
  outages: z.array(OUTAGE).exactOptional(),
  writes: WRITES.exactOptional(),
  counters: z.record(text, number).exactOptional(),
  totals: z.object({ ...ARRIVALS, ...OUTCOMES, in_flight_at_end: count }),
  generator: GENERATOR,
  complete: z.boolean(),
  incompleteBecause: text.exactOptional(),
});
