import { displayUnit } from '../estimate/display-unit.ts';
import { namesIn } from '../formula/evaluate.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, Plan } from '../plan/plan.ts';
import { agreements, fullName } from './agreement.ts';
import type { PlacedClaim } from './agreement.ts';
import { drawLedger } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';

export const AUDIT_FORMAT_VERSION = 1;

/** What an audit says of a claim. `needs a run` is for what only a running system can settle. */
export const AUDIT_VERDICTS = ['holds', 'close', 'contradicted', 'needs a run', 'not derivable'] as const;
export type AuditVerdict = (typeof AUDIT_VERDICTS)[number];

/** Every claim of some plans, held against what follows from the plans. Values are in base units. */
export interface Audit {
  readonly formatVersion: typeof AUDIT_FORMAT_VERSION;
  readonly kind: 'audit';
  readonly plans: readonly string[];
  readonly totals: Readonly<Record<AuditVerdict, number>>;
  readonly claims: readonly AuditedClaim[];
  /** Numbers that are stated more than once, and differently. */
  readonly disagreements: readonly Disagreement[];
}

export interface AuditedClaim {
  readonly plan: string;
  readonly claim: string;
  /** Title of the document. */
  readonly document: string;
  readonly section: string;
  /** As the document writes it. */
  readonly claimed: string;
  /** Base unit of the values; empty for plain numbers and shares. */
  readonly unit: string;
  /** The unit that the document uses, and how many base units one of it is. */
  readonly claimedUnit: LedgerRow['claimedUnit'];
  readonly verdict: AuditVerdict;
  readonly computed?: {
    readonly value: number;
    /** The quantity that the claim states, where it is one; `formula` is then its derivation. */
    readonly name?: string;
    readonly formula: string;
    /** The quantities in the formula, with their values in the units that the plan gives them. */
    readonly terms: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
    /** Value over the stated figure. */
    readonly ratio: number | null;
  };
  /** The scenario that settles it. */
  readonly scenario?: string;
  readonly known: string;
  /** False when the finding is worse than what the plan records as known. */
  readonly asKnown: boolean;
  readonly note?: string;
}

export interface Disagreement {
  /** Largest stated figure over the smallest. */
  readonly factor: number;
  readonly statements: readonly {
    readonly claim: string;
    readonly document: string;
    readonly section: string;
    readonly claimed: string;
  }[];
}

/** Judges every claim of the plans by arithmetic alone, and compares numbers that are stated more than once. */
export function audit(plans: readonly Plan[]): Audit {
  const claims = plans.flatMap(auditPlan);
  const placed = plans.flatMap((plan) => plan.claims.map((claim) => ({ plan: plan.name, claim })));
  const titles = new Map(plans.map((plan) => [plan.name, plan.documents]));
  const totals = Object.fromEntries(
    AUDIT_VERDICTS.map((verdict) => [verdict, claims.filter((claim) => claim.verdict === verdict).length]),
  ) as Record<AuditVerdict, number>;
  const disagreements = agreements(placed)
    .filter(({ agree }) => !agree)
    .map(({ claims: stated, factor }) => ({
      factor,
      statements: stated.map((each) => stateOf(each, titles.get(each.plan)?.get(each.claim.document))),
    }))
    .toSorted((a, b) => b.factor - a.factor);
  const names = plans.map(({ name }) => name);
  return { formatVersion: AUDIT_FORMAT_VERSION, kind: 'audit', plans: names, totals, claims, disagreements };
}

function stateOf(placed: PlacedClaim, title: string | undefined): Disagreement['statements'][number] {
  const { document, section, says } = placed.claim;
  return { claim: fullName(placed), document: title ?? document, section, claimed: says.text };
}

function auditPlan(plan: Plan): AuditedClaim[] {
  const values = new Values(plan.quantities);
  const { rows } = drawLedger(plan, new Map());
  return plan.claims.map((claim, index) => {
    const row = rows[index];
    if (!row) throw new Error(`the ledger has no row for ${claim.id}`);
    const { document, section, claimed, unit, claimedUnit, known, asKnown, note } = row;
    const scenario = claim.measured?.scenario ?? claim.settledBy;
    const { computed } = row;
    return {
      plan: plan.name,
      claim: claim.id,
      document: plan.documents.get(document) ?? document,
      section,
      claimed,
      unit,
      claimedUnit,
      verdict: verdictOf(row),
      ...(claim.computed &&
        computed && { computed: arithmeticOf(claim, claim.computed, computed.value, plan, values) }),
      ...(scenario === undefined ? {} : { scenario }),
      known,
      asKnown,
      ...(note === undefined ? {} : { note }),
    };
  });
}

function arithmeticOf(
  { says }: Claim,
  { formula, expression }: NonNullable<Claim['computed']>,
  value: number,
  plan: Plan,
  values: Values,
): NonNullable<AuditedClaim['computed']> {
  // A formula that is nothing but a name says little: its own derivation is shown instead.
  const named = expression.kind === 'name' ? plan.quantities.get(expression.name) : undefined;
  const shown = named?.kind === 'derived' ? named : { formula, expression };
  const terms = namesIn(shown.expression).flatMap(({ name }) => {
    const quantity = plan.quantities.get(name);
    const unit = quantity && displayUnit(quantity);
    return unit ? [{ name, value: values.of(name) / unit.factor, unit: unit.symbol }] : [];
  });
  const stated = says.literal.value;
  const result = { value, formula: shown.formula, terms, ratio: stated === 0 ? null : value / stated };
  return shown === named ? { ...result, name: named.id } : result;
}

function verdictOf({ verdict }: LedgerRow): AuditVerdict {
  if (verdict === 'holds' || verdict === 'close' || verdict === 'contradicted') return verdict;
  return verdict === 'not derivable' ? verdict : 'needs a run';
}
