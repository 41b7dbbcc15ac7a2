/**
 * What a step of a plan asks of one machine, as measured on it: the machine's own figures beside the documents'. It holds
 * measurements and no model, so that a better model can read an old calibration. Times are in seconds.
 */
export const CALIBRATION_FORMAT_VERSION = 1;

export interface Calibration {
  readonly formatVersion: typeof CALIBRATION_FORMAT_VERSION;
  readonly kind: 'calibration';
  readonly plan: string;
  readonly step: number;
  /** Wall-clock start, ISO 8601. */
  readonly startedAt: string;
  readonly took_s: number;
  /** Machine and software versions, as those of an observation. */
  readonly environment: Readonly<Record<string, string>>;
  /** Cores that all tiers and the load generator share. */
  readonly cores: number;
  /** What ran, with as many instances as were started. */
  readonly tiers: readonly { readonly tier: string; readonly kind: string; readonly instances: number }[];
  /** Cores that each tier uses while nobody asks anything of it. */
  readonly background: readonly TierCores[];
  /** Each request class alone, at light load. */
  readonly classes: readonly ClassCalibration[];
  /** The plan's mix at growing load. */
  readonly sweep: readonly SweepPoint[];
  readonly quiet: Quietness;
}

/** Whether the machine did nothing else meanwhile. */
export interface Quietness {
  /** Cores that neither the stack nor the generator nor the command itself used: median and most over all windows. */
  readonly foreign_cores: number;
  readonly foreign_cores_max: number;
  /** False when the median is more than `FOREIGN_SHARE_MAX` of the machine: the figures are then those of a busy machine. */
  readonly ok: boolean;
}

/** Share of a machine that others may use before its figures no longer are those of the machine. */
export const FOREIGN_SHARE_MAX = 0.05;

export interface TierCores {
  readonly tier: string;
  readonly cores: number;
}

/** A mean with half its 95 % interval, by Student's t over the windows. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth95: number;
}

export interface ClassCalibration {
  readonly class: string;
  /** Requests answered a second while it was measured. */
  readonly throughput_per_s: number;
  /** Share of the machine's cores that stack and generator used. */
  readonly utilisation: number;
  readonly demands: readonly TierDemand[];
  /** Processor time of the load generator for one request. */
  readonly generator_s: Estimate;
  readonly response: ResponseTimes;
  /** What the stack counted for one request, e.g. `database.queries`. */
  readonly counters: Readonly<Record<string, number>>;
}

/** What one request asks of one tier. */
export interface TierDemand {
  readonly tier: string;
  /** Service demand: processor seconds of all visits of one request. */
  readonly cpu_s: Estimate;
  /** Bytes that went to and came from the disk; absent where the system does not tell. */
  readonly written_bytes?: number;
  readonly read_bytes?: number;
}

/** From the intended arrival to the last byte. */
export interface ResponseTimes {
  readonly mean_s: number;
  readonly p95_s: number;
  readonly requests: number;
}

/** The mix at one rate: medians of its windows. */
export interface SweepPoint {
  readonly throughput_per_s: number;
  readonly tiers: readonly TierCores[];
  readonly generator_cores: number;
  readonly foreign_cores: number;
  readonly response: ResponseTimes;
  readonly classes: readonly ClassResponse[];
}

export interface ClassResponse extends ResponseTimes {
  readonly class: string;
}
