import { MEASUREMENTS_FORMAT_VERSION } from '../lesson/stored-measurement.ts';
import type { StoredMeasurements } from '../lesson/stored-measurement.ts';

/** Drills vary what a plan assumes, and nobody has measured that. */
export const NOTHING_MEASURED: StoredMeasurements = {
  formatVersion: MEASUREMENTS_FORMAT_VERSION,
  date: '',
  machine: '',
  command: '',
  readings: [],
};
