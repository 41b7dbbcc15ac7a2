import type { Calibration, SweepPoint } from '../calibration.ts';
import { CALIBRATION_FORMAT_VERSION } from '../calibration.ts';
import { congestion_s } from '../response-curve.ts';

export const CORES = 2;
/** Of the mix: nine reads of 0.5 ms at the app and 0.1 ms at the database, and a write of 1 ms and 2 ms. */
export const MIX: ReadonlyMap<string, number> = new Map([
  ['read', 0.9],
  ['write', 0.1],
]);
/** 0.9 × 0.6 ms + 0.1 × 3 ms + 0.1 ms of the generator. */
export const WORK_S = 0.94e-3;

/** A machine of two cores that behaves as the model has it: times of a base and `factor` times the congestion. */
export function calibrationByHand(factor = 2, foreign_cores = 0): Calibration {
  const exact = (value: number) => ({ value, halfWidth95: 0 });
  const alone = (mean_s: number) => ({ mean_s, p95_s: 2 * mean_s, requests: 1000 });
  const classOf = (name: string, app_s: number, database_s: number): Calibration['classes'][number] => ({
    class: name,
    throughput_per_s: 400,
    utilisation: 0.25,
    demands: [
      { tier: 'app', cpu_s: exact(app_s) },
      { tier: 'database', cpu_s: exact(database_s) },
    ],
    generator_s: exact(0.1e-3),
    response: alone(0.002),
    counters: {},
  });
  return {
    formatVersion: CALIBRATION_FORMAT_VERSION,
    kind: 'calibration',
    plan: 'shop',
    step: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    took_s: 100,
    environment: {},
    cores: CORES,
    tiers: [
      { tier: 'app', kind: 'express', instances: 3 },
      { tier: 'database', kind: 'postgres', instances: 1 },
    ],
    background: [
      { tier: 'app', cores: 0 },
      { tier: 'database', cores: 0 },
    ],
    classes: [classOf('read', 0.5e-3, 0.1e-3), classOf('write', 1e-3, 2e-3)],
    sweep: [200, 800, 1200, 1600].map((rate) => sweepPoint(rate, factor, foreign_cores)),
    quiet: { foreign_cores, foreign_cores_max: foreign_cores, ok: foreign_cores <= 0.1 },
  };
}

function sweepPoint(rate_per_s: number, factor: number, foreign_cores: number): SweepPoint {
  const utilisation = (rate_per_s * WORK_S + foreign_cores) / CORES;
  const waiting_s = utilisation < 1 ? factor * congestion_s(WORK_S, utilisation, CORES) : 1;
  const times = (base_s: number) => ({ mean_s: base_s + waiting_s, p95_s: 3 * (base_s + waiting_s), requests: 1000 });
  return {
    throughput_per_s: rate_per_s,
    tiers: [
      { tier: 'app', cores: rate_per_s * 0.55e-3 },
      { tier: 'database', cores: rate_per_s * 0.29e-3 },
    ],
    generator_cores: rate_per_s * 0.1e-3,
    foreign_cores,
    response: times(0.0023),
    classes: [
      { class: 'read', ...times(0.002) },
      { class: 'write', ...times(0.005) },
    ],
  };
}
