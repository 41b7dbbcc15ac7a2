import type { TierCores } from './calibration.ts';
import type { Prediction } from './predict.ts';

/** What was foretold and what was seen of one quantity. Values in base units: req/s, shares of the machine, s. */
export interface PredictionRow {
  readonly scenario: string;
  readonly step: number;
  readonly phase: string;
  /** `throughput`, `utilisation`, `utilisation of TIER`, `mean`, `p95`, or `mean of CLASS`. */
  readonly quantity: string;
  readonly unit: 'req/s' | 'share' | 's';
  readonly predicted: number;
  readonly measured: number;
  /** (predicted - measured) / measured; null where nothing was measured. */
  readonly error: number | null;
  /** What is good enough; null where nothing is promised. */
  readonly within: number | null;
}

/** What a run showed of the same. */
export interface MeasuredLoad {
  readonly throughput_per_s: number;
  readonly tiers: readonly TierCores[];
  readonly utilisation: number;
  readonly mean_s: number;
  readonly p95_s: number;
}

/**
 * How near a prediction should come. D. A. Menascé, V. A. F. Almeida and E. D. Lazowska et al. call 10 % in utilisation and
 * throughput and 10 to 30 % in response time a good model.
 */
export const WITHIN = { throughput: 0.05, utilisation: 0.1, mean: 0.15, p95: 0.25 } as const;
/** Up to here it is promised. */
export const PROMISED_UTILISATION = 0.8;
/** A tier that takes less of the machine than this is not worth a row. */
const TIER_SHARE_MIN = 0.02;

/** Prediction and measurement side by side. `cores` are those of the machine. */
export function comparePrediction(
  where: Pick<PredictionRow, 'scenario' | 'step' | 'phase'>,
  predicted: Prediction,
  measured: MeasuredLoad,
  cores: number,
): PredictionRow[] {
  // The prediction reaches further than the promise by what it may be off.
  const promised = predicted.utilisation <= PROMISED_UTILISATION * 1.01;
  const row = (
    quantity: string,
    unit: PredictionRow['unit'],
    pair: readonly [number, number],
    within: number | null,
  ) => {
    const [foretold, seen] = pair;
    const error = seen > 0 ? (foretold - seen) / seen : null;
    return { ...where, quantity, unit, predicted: foretold, measured: seen, error, within: promised ? within : null };
  };
  const rows: PredictionRow[] = [
    row('throughput', 'req/s', [predicted.throughput_per_s, measured.throughput_per_s], WITHIN.throughput),
    row('utilisation', 'share', [predicted.utilisation, measured.utilisation], WITHIN.utilisation),
  ];
  for (const { tier, cores: used } of measured.tiers) {
    const foretold = predicted.tiers.find((each) => each.tier === tier)?.cores;
    if (foretold === undefined || used / cores < TIER_SHARE_MIN) continue;
    rows.push(row(`utilisation of ${tier}`, 'share', [foretold / cores, used / cores], WITHIN.utilisation));
  }
  if (predicted.mean_s !== null) rows.push(row('mean', 's', [predicted.mean_s, measured.mean_s], WITHIN.mean));
  if (predicted.p95_s !== null) rows.push(row('p95', 's', [predicted.p95_s, measured.p95_s], WITHIN.p95));
  return rows;
}

/** Whether a prediction came as near as promised; what promises nothing does. */
export function isNear({ error, within }: PredictionRow): boolean {
  return within === null || (error !== null && Math.abs(error) <= within);
}
