import { MEASUREMENTS_FORMAT_VERSION } from '../stored-measurement.ts';
import type { StoredMeasurements } from '../stored-measurement.ts';

/** What lessons have to go by where nothing was measured. */
export const NO_MEASUREMENTS: StoredMeasurements = {
  formatVersion: MEASUREMENTS_FORMAT_VERSION,
  date: '2026-01-01',
  machine: 'no machine',
  command: 'none',
  readings: [],
};
