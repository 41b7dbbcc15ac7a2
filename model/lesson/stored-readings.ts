import { MEASUREMENTS_FORMAT_VERSION } from './stored-measurement.ts';
import type { StoredMeasurements, StoredReading } from './stored-measurement.ts';
import type { Ledger } from '../claims/ledger.ts';
import type { Reading } from '../claims/reading.ts';

/** Readings that are answers; the others say only why there is none. */
const ANSWERS = ['holds', 'close', 'contradicted'];

/** What of a ledger is kept with the lessons. */
export function readingsOf({ plan, rows }: Ledger): StoredReading[] {
  return rows.flatMap(({ claim, unit, measured, simulated }) =>
    [...kept('measured', measured), ...kept('simulated', simulated)].map((reading) => ({
      plan,
      claim,
      unit,
      ...reading,
    })),
  );
}

function kept(by: StoredReading['by'], reading: Reading | undefined): Omit<StoredReading, 'plan' | 'claim' | 'unit'>[] {
  if (reading?.value === undefined || !ANSWERS.includes(reading.verdict)) return [];
  const { value, scenario, step, metric } = reading;
  return [{ by, value, scenario, step, metric }];
}

/**
 * Stored measurements as they were written.
 * @throws Error for a file of another version.
 */
export function readMeasurements(text: string): StoredMeasurements {
  const read = JSON.parse(text) as StoredMeasurements; // written by bench/measurements.ts alone
  if (read.formatVersion === MEASUREMENTS_FORMAT_VERSION) return read;
  throw new Error(
    `the stored measurements are of version ${String(read.formatVersion)}, not ${MEASUREMENTS_FORMAT_VERSION}`,
  );
}
