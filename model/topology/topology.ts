/**
 * One architecture step as data: tiers, how many instances of what, what each can carry, and who calls whom. The
 * estimator, the simulator, the provisioner, the walkthrough and the reports all read this.
 */
export interface Topology {
  readonly plan: string;
  readonly step: number;
  /** The program that the express and worker tiers run; without one the topology cannot be started. */
  readonly application?: string;
  readonly name: string;
  /** Where requests enter. */
  readonly entry: string;
  readonly tiers: readonly Tier[];
  /** Between callers and what they call; nothing lies between all others. */
  readonly links?: readonly TopologyLink[];
}

/** What a tier is made of. `nginx` stands for any load balancer or gateway, `express` for any app or service. */
export const TIER_KINDS = [
  'nginx',
  'express',
  'postgres',
  'redis',
  'rabbitmq',
  'worker',
  'cdn',
  'object-store',
  'external',
] as const;
export type TierKind = (typeof TIER_KINDS)[number];

export interface Tier {
  readonly id: string;
  readonly kind: TierKind;
  /** As the plan has it provided. */
  readonly instances: number;
  /** Ids of the tiers this one calls. */
  readonly calls: readonly string[];
  /** Settings that the kind understands, e.g. `balance: round-robin`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** A stretch of network whose conditions can be changed while the system runs. */
export interface TopologyLink {
  readonly from: string;
  readonly to: string;
}
