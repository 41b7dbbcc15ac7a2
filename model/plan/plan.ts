import type { Expression } from '../formula/parse.ts';
import type { Criterion, Metric } from '../judge/criterion.ts';
import type { TierKind } from '../topology/topology.ts';
import type { Range } from '../uncertainty/range.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Literal } from '../units/literal.ts';
import type { Unit, UnitTable } from '../units/unit.ts';
import type { Behaviour, KeysSpec, PlannedRoute } from './behaviour.ts';

/** A plan after reading: everything checked, every name known, every formula's unit worked out. */
export interface Plan {
  readonly name: string;
  readonly title: string;
  /** What a stack of it runs, e.g. `shop`; without one there is nothing to start. */
  readonly application?: string;
  readonly units: UnitTable;
  /** Document id to title: what claims and sources refer to. */
  readonly documents: ReadonlyMap<string, string>;
  /** Assumptions and derivations, in file order. */
  readonly quantities: ReadonlyMap<string, Quantity>;
  readonly feeds: ReadonlyMap<string, FeedSpec>;
  /** Key spaces: objects that requests ask for. */
  readonly keys: ReadonlyMap<string, KeysSpec>;
  readonly requests: readonly RequestClass[];
  readonly steps: readonly ArchitectureStep[];
  readonly slo: readonly Criterion[];
  /** Where `price.…` quantities come from. */
  readonly prices?: PriceBook;
  /** What is paid for beyond instances of tiers. */
  readonly costs: readonly CostItem[];
  readonly growth: readonly Growth[];
  readonly patterns: readonly Pattern[];
  readonly spikes: readonly Spike[];
  readonly budgets: readonly Budget[];
  /** Empty when the plan was read without its claims. */
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
  /** What an assumption may be instead, where the plan leaves it open; in base units. */
  readonly range?: Range;
  readonly title?: string;
  /** Where an assumption comes from; an assumption without one is the plan author's own. */
  readonly source?: string;
  readonly note?: string;
}

export interface PriceBook {
  readonly name: string;
  readonly title: string;
  /** ISO date. */
  readonly asOf: string;
  /** Ids of the discounts that the plan applies. */
  readonly discounts: readonly string[];
}

/** A cost that is a quantity of the plan, money per time, paid at the steps `from` to `until`. */
export interface CostItem {
  /** Id of its quantity, `cost.…`. */
  readonly quantity: string;
  readonly from?: number;
  readonly until?: number;
}

/** How an assumption grows from month to month since launch. Between two points growth is geometric. */
export interface Growth {
  readonly quantity: string;
  readonly points: readonly { readonly month: number; readonly value: number }[];
  /** Growth for each month behind the last point, as a share. */
  readonly rate: number;
}

/** How load moves over a period, relative to its mean over the period. Parts follow each other and fill it. */
export interface Pattern {
  readonly name: string;
  readonly title: string;
  readonly period_s: number;
  readonly source?: string;
  readonly parts: readonly {
    readonly label: string;
    readonly from_s: number;
    readonly to_s: number;
    readonly factor: number;
  }[];
}

/** An increase over the load of the moment. */
export interface Spike {
  readonly name: string;
  readonly title: string;
  readonly factor: { readonly low: number; readonly value: number; readonly high: number };
  readonly duration_s: number;
  readonly source?: string;
}

/** A limit on time, and the quantities whose sum has to stay within it. */
export interface Budget {
  readonly id: string;
  readonly title: string;
  readonly limit: TierFormula;
  readonly terms: readonly string[];
  readonly source?: string;
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
  /** Where the system takes an id that the client has chosen, by which a write can be found again. */
  readonly identify?: Identify;
}

/** A header, or a field of the body. */
export interface Identify {
  readonly in: 'header' | 'body';
  readonly name: string;
}

export interface ArchitectureStep {
  readonly step: number;
  readonly name: string;
  readonly entry: string;
  /** The whole step: what it adds or changes is already merged with the steps before. */
  readonly tiers: readonly PlannedTier[];
  /** By request class, kind of request, or message; those of the steps before included. */
  readonly routes: ReadonlyMap<string, PlannedRoute>;
}

export interface PlannedTier {
  readonly id: string;
  readonly kind: TierKind;
  /** As provided at the peak: a count, rounded up. */
  readonly instances: TierFormula;
  /** More than this many instances the tier cannot have; null when it can be scaled out freely. */
  readonly maxInstances: number | null;
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
  /** Money per time for one instance. */
  readonly price: TierFormula | null;
  readonly autoscale: Autoscale | null;
  readonly behaviour: Behaviour;
}

/** When instances are added and taken away. Thresholds are utilisations of the tier. */
export interface Autoscale {
  readonly min: number;
  readonly max: number;
  readonly outAbove: number;
  readonly outAfter_s: number;
  readonly inBelow: number;
  readonly inAfter_s: number;
  /** From the decision until the instance carries load. */
  readonly boot_s: number;
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
  /** The claim as a question of its reader. */
  readonly asks?: string;
  /** What the number should follow from, as a formula over the plan's quantities. */
  readonly computed?: { readonly formula: string; readonly expression: Expression };
  readonly measured?: MeasuredBy;
  /** The scenario that will settle what only a running system can, where there is none yet. */
  readonly settledBy?: string;
  /** Claims that state the same number elsewhere; those of other plans with `plan/` in front. */
  readonly sameAs: readonly string[];
  /** What the audit is known to find; a different finding is news. */
  readonly known: Finding;
  readonly note?: string;
}

export interface Statement {
  /** As written, e.g. `~1.6 PB` or `< 500 ms`. */
  readonly text: string;
  readonly bound: 'equal' | 'below' | 'at most' | 'above' | 'at least' | 'between';
  /** Of a range its lower end. */
  readonly literal: Literal;
  /** The upper end of a range. */
  readonly upper?: Literal;
}

/** A metric of a run. */
export interface MeasuredAt {
  readonly scenario: string;
  readonly step: number;
  /** All that are judged when absent. */
  readonly phase?: string;
  readonly metric: Metric;
  readonly metricText: string;
}

export const WHERE_MEASURED = ['servers', 'simulator'] as const;
export const COMPARISONS = ['reduction', 'ratio'] as const;

/** What settles a claim: a metric of a run, or how it compares with a metric elsewhere. */
export interface MeasuredBy extends MeasuredAt {
  /** `simulator` for what no machine at hand can show: the simulation then settles the claim. */
  readonly on: (typeof WHERE_MEASURED)[number];
  readonly versus?: Versus;
}

/** With a here and b there: reduction = 1 - a / b, ratio = a / b. */
export interface Versus extends MeasuredAt {
  readonly as: (typeof COMPARISONS)[number];
}
