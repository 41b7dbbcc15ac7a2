import { z } from 'zod';
import { CALIBRATION_FORMAT_VERSION } from '../model/calibration/calibration.ts';
import type { Calibration } from '../model/calibration/calibration.ts';
import { isProblem, parseJson } from './run-json.ts';
import { withoutControls } from './without-controls.ts';

const AMOUNT = z.number().min(0);
/** A lone window has no interval; JSON writes infinity as null. */
const ESTIMATE = z.object({
  value: AMOUNT,
  halfWidth95: AMOUNT.nullable().transform((half) => half ?? Infinity),
});
const RESPONSE = z.object({ mean_s: AMOUNT, p95_s: AMOUNT, requests: AMOUNT });
const CORES = z.array(z.object({ tier: z.string(), cores: AMOUNT }));

/** What a calibration's file must be. */
const CALIBRATION = z.object({
  formatVersion: z.literal(CALIBRATION_FORMAT_VERSION),
  kind: z.literal('calibration'),
  plan: z.string(),
  step: z.int(),
  startedAt: z.string(),
  took_s: AMOUNT,
  environment: z.record(z.string(), z.string()),
  cores: z.int().min(1),
  tiers: z.array(z.object({ tier: z.string(), kind: z.string(), instances: z.int().min(1) })).min(1),
  background: CORES,
  classes: z
    .array(
      z.object({
        class: z.string(),
        throughput_per_s: AMOUNT,
        utilisation: AMOUNT,
        demands: z.array(
          z.object({
            tier: z.string(),
            cpu_s: ESTIMATE,
            written_bytes: AMOUNT.exactOptional(),
            read_bytes: AMOUNT.exactOptional(),
          }),
        ),
        generator_s: ESTIMATE,
        response: RESPONSE,
        counters: z.record(z.string(), z.number()),
      }),
    )
    .min(1),
  sweep: z
    .array(
      z.object({
        throughput_per_s: z.number().gt(0),
        tiers: CORES,
        generator_cores: AMOUNT,
        foreign_cores: AMOUNT,
        response: RESPONSE,
        classes: z.array(RESPONSE.extend({ class: z.string() })),
      }),
    )
    .min(1),
  quiet: z.object({ foreign_cores: AMOUNT, foreign_cores_max: AMOUNT, ok: z.boolean() }),
});

/** More of them help nobody. */
const FIELDS_MAX = 10;

/** Why a text is no calibration, and what to do. */
export interface CalibrationProblem {
  /** Lower case, no full stop; one line a field that is wrong. */
  readonly problem: string;
  readonly help: string;
}

/** A calibration's file, ending with a line end; `formatVersion` first. */
export function writeCalibrationJson(calibration: Calibration): string {
  return `${JSON.stringify(calibration, null, 2)}\n`;
}

/** Reads a calibration's file. What is foreign, newer or damaged comes back as a problem, with the fields that are wrong. */
export function readCalibrationJson(text: string): Calibration | CalibrationProblem {
  const help = 'calibrate again: `shop-plan calibrate`';
  const read = parseJson(text);
  if (isProblem(read)) return { problem: withoutControls(read.problem), help };
  const value = read.parsed;
  const { kind, formatVersion } = z
    .object({ kind: z.unknown(), formatVersion: z.unknown() })
    .partial()
    .catch({})
    .parse(value);
  if (kind !== 'calibration') return { problem: 'it is no calibration', help };
  if (typeof formatVersion === 'number' && formatVersion > CALIBRATION_FORMAT_VERSION)
    return { problem: `written by a newer shop-plan (format ${formatVersion})`, help: 'update shop-plan' };
  const checked = CALIBRATION.safeParse(value);
  if (checked.success) return checked.data;
  const fields = checked.error.issues.map(({ path, message }) => `\`${path.map(String).join('.')}\`: ${message}`);
  const more = fields.length > FIELDS_MAX ? [`${fields.length - FIELDS_MAX} more`] : [];
  return { problem: [...fields.slice(0, FIELDS_MAX).map(withoutControls), ...more].join('\n'), help };
}
