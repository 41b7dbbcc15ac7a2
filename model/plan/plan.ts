import type { Expression } from '../formula/parse.ts';
import type { Criterion, Metric } from '../judge/criterion.ts';
import type { TierKind } from '../topology/topology.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Literal } from '../units/literal.ts';
import type { Unit, UnitTable } from '../units/unit.ts';

/** A plan after reading: everything checked, every name known, every formula's unit worked out. */
export interface Plan {
  readonly name: string;
  readonly title: string;
  readonly units: UnitTable;
  /** Document id to title: what claims and sources refer to. */
  readonly documents: ReadonlyMap<string, string>;
  /** Assumptions and derivations, in file order. */
  readonly quantities: ReadonlyMap<string, Quantity>;
  readonly feeds: ReadonlyMap<string, FeedSpec>;
  readonly requests: readonly RequestClass[];
  readonly steps: readonly ArchitectureStep[];
  readonly slo: readonly Criterion[];
  readonly claims: readonly Claim[];
}

export interface Quantity {
  /** Dotted name, e.g. `traffic.requests.peak`. */
  readonly id: string;
  readonly kind: 'assumed' | 'derived';
  /** The formula as written; for an assumption the literal. */
  readonly formula: string;
  readonly expression: Expression;
  readonly dimension: Dimension;
  /** The unit to show it in, where the plan chose one. */
  readonly unit?: Unit;
  readonly title?: string;
  /** Where an assumption comes from; an assumption without one is the plan author's own. */
  readonly source?: string;
  readonly note?: string;
}

/** Rows that request templates draw from; the file is written when the stack's data are loaded. */
export interface FeedSpec {
  readonly file: string;
  readonly pick: 'uniform' | 'zipf' | 'sequential';
  readonly exponent?: number;
}

export interface RequestClass {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Share of all requests, 0 to 1; all shares add up to 1. */
  readonly share: number;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text with placeholders. */
  readonly body?: string;
  readonly accept: readonly number[];
  readonly timeout_s: number;
}

export interface ArchitectureStep {
  readonly step: number;
  readonly name: string;
  readonly entry: string;
  /** The whole step: what it adds or changes is already merged with the steps before. */
  readonly tiers: readonly PlannedTier[];
}

export interface PlannedTier {
  readonly id: string;
  readonly kind: TierKind;
  /** As provided at the peak. */
  readonly instances: number;
  /** How many a stack on one machine starts. */
  readonly localInstances: number;
  readonly calls: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** What the tier has to carry. */
  readonly demand: TierFormula;
  /** What one instance carries; the same unit as the demand, per instance. */
  readonly capacity: TierFormula;
  /** Share of spare capacity to keep, 0 when none is asked for. */
  readonly headroom: TierFormula | null;
}

export interface TierFormula {
  readonly formula: string;
  readonly expression: Expression;
  readonly dimension: Dimension;
}

export type Finding = 'holds' | 'close' | 'contradicted';

/** A number that a document states, and what it can be held against. */
export interface Claim {
  readonly id: string;
  readonly document: string;
  readonly section: string;
  readonly says: Statement;
  /** What the number should follow from, as a formula over the plan's quantities. */
  readonly computed?: { readonly formula: string; readonly expression: Expression };
  readonly measured?: MeasuredBy;
  /** What the audit is known to find; a different finding is news. */
  readonly known: Finding;
  readonly note?: string;
}

export interface Statement {
  /** As written, e.g. `~1.6 PB` or `< 500 ms`. */
  readonly text: string;
  readonly bound: 'equal' | 'below' | 'at most' | 'above' | 'at least';
  readonly literal: Literal;
}

export interface MeasuredBy {
  readonly scenario: string;
  readonly step: number;
  readonly phase?: string;
  readonly metric: Metric;
  readonly metricText: string;
  /** When set, the figure is the reduction against the same metric at this step: 1 - value / value there. */
  readonly reductionFromStep?: number;
}
