import type { PredictionRow } from '../calibration/compare.ts';
import type { TierKind } from '../topology/topology.ts';

/** What a run was made on. It is kept with the run, so that a report needs neither the plan nor the machine. */
export interface RunSetting {
  /** Name of the architecture step. */
  readonly name: string;
  /** Id of the tier where requests enter. */
  readonly entry: string;
  readonly tiers: readonly SettingTier[];
  readonly edges: readonly SettingEdge[];
  /** What the step costs to run as the plan has it; absent where nothing has a price. */
  readonly cost?: SettingCost;
  /** What this machine's calibration foretold of the run, beside what it showed; absent without a calibration. */
  readonly predictions?: readonly PredictionRow[];
}

export interface SettingTier {
  readonly id: string;
  readonly kind: TierKind;
  /** As they ran (or were simulated). */
  readonly instances: number;
  /** Processor cores that one instance can use; absent where only the machine limits it. */
  readonly cores_each?: number;
  /** What it was set to, as text; absent without settings, and for simulations. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** One tier calls another. */
export interface SettingEdge {
  readonly from: string;
  readonly to: string;
  /** Visits per second at the scenario's highest planned rate, as the plan's routes have them; absent where they do not say. */
  readonly visits_per_s?: number;
}

export interface SettingCost {
  readonly total_usd_per_month: number;
  /** Of tiers and other costs, the dearest first. */
  readonly items: readonly { readonly id: string; readonly usd_per_month: number }[];
  /** Tiers without a price: the total leaves them out. */
  readonly unpriced: readonly string[];
}
