export const MEASUREMENTS_FORMAT_VERSION = 1;

/** What claims were measured and simulated to be, kept with the lessons; `bench/measurements.ts` writes it from ledgers. */
export interface StoredMeasurements {
  readonly formatVersion: typeof MEASUREMENTS_FORMAT_VERSION;
  /** ISO date of the measuring. */
  readonly date: string;
  /** What it was measured on, in words: processors, memory, Node. */
  readonly machine: string;
  /** The command that repeats it. */
  readonly command: string;
  readonly readings: readonly StoredReading[];
}

export interface StoredReading {
  readonly plan: string;
  readonly claim: string;
  readonly by: 'measured' | 'simulated';
  /** In base units. */
  readonly value: number;
  /** Base unit; empty for plain numbers and shares. */
  readonly unit: string;
  readonly scenario: string;
  readonly step: number;
  /** The metric as the plan writes it. */
  readonly metric: string;
}
