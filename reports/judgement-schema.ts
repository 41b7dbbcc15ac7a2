import { z } from 'zod';
import type { Judgement } from '../model/judge/judge.ts';
import { KEEPSAKES, LOOKOUTS } from '../model/judge/metric.ts';
import { STATUSES } from '../model/judge/outcome.ts';

const number = z.number();
const text = z.string();
const time = z.enum(['response', 'service']);
const ofClass = { class: text.exactOptional() };

const METRIC = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentile'), percent: number, time, ...ofClass }),
  z.object({ kind: z.enum(['mean', 'max']), time, ...ofClass }),
  z.object({ kind: z.enum(['error_rate', 'rate', 'reached']), ...ofClass }),
  z.object({ kind: z.literal('ratio'), part: text, rest: text }),
  z.object({ kind: z.literal('per_request'), counter: text }),
  z.object({ kind: z.literal('counter'), counter: text }),
  z.object({ kind: z.enum(['cpu', 'memory', 'memory_growth', 'utilisation']), tier: text }),
  z.object({ kind: z.literal('recovery'), of: z.enum(LOOKOUTS).exactOptional() }),
  z.object({ kind: z.literal('lost'), of: z.enum(KEEPSAKES) }),
  z.object({ kind: z.literal('cost') }),
]);

const CRITERION = z.object({
  text,
  metric: METRIC,
  operator: z.enum(['<', '<=', '>', '>=']),
  threshold: number,
  unit: text,
  phase: text.exactOptional(),
});

/** A value with what it rests on, as JSON. */
export const MEASUREMENT = z.object({
  value: number,
  unit: z.enum(['s', 'req/s', 'share', 'count', 'count/req', 'core', 'B', 'B/s', 'USD/s']),
  samples: number,
  interval95: z.object({ low: number, high: number, open: z.literal(true).exactOptional() }).exactOptional(),
  censored: z.boolean(),
  window: z.object({ phases: z.array(text), start_s: number, end_s: number }),
});

const VERDICT = z.object({
  criterion: CRITERION,
  status: z.enum(STATUSES),
  measurement: MEASUREMENT.exactOptional(),
  because: text,
  help: text.exactOptional(),
  samplesNeeded: number.exactOptional(),
});

const CHECK = z.object({
  name: text,
  severity: z.enum(['invalid', 'warning']),
  ok: z.boolean(),
  detail: text,
  help: text,
});

/** A judgement as JSON. */
export const JUDGEMENT: z.ZodType<Judgement> = z.object({
  outcome: z.enum([...STATUSES, 'NOT_JUDGED']),
  verdicts: z.array(VERDICT),
  validity: z.array(CHECK),
});
