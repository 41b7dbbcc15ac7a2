import type { Claim, Statement } from '../plan/plan.ts';
import { CLOSE } from './statement.ts';

/** A claim with the plan it belongs to. */
export interface PlacedClaim {
  readonly plan: string;
  readonly claim: Claim;
}

/** Claims about one number, and whether they state the same. */
export interface Agreement {
  readonly claims: readonly PlacedClaim[];
  readonly agree: boolean;
  /** Largest figure over the smallest, of those that are stated as such. */
  readonly factor: number;
}

/** `plan/claim`: how a claim is called outside of its plan. */
export function fullName({ plan, claim }: PlacedClaim): string {
  return `${plan}/${claim.id}`;
}

/**
 * Gathers the claims that state the same number (`same_as`, in whatever direction) and compares their figures. Names of
 * claims that are not there are left out; `unresolved` lists them.
 */
export function agreements(claims: readonly PlacedClaim[]): Agreement[] {
  const byName = new Map(claims.map((placed) => [fullName(placed), placed]));
  const groupOf = new Map<string, Set<string>>();
  for (const placed of claims) {
    for (const other of sameAs(placed)) {
      if (!byName.has(other)) continue;
      const name = fullName(placed);
      const merged = new Set([name, other, ...(groupOf.get(name) ?? []), ...(groupOf.get(other) ?? [])]);
      for (const member of merged) groupOf.set(member, merged);
    }
  }
  return [...new Set(groupOf.values())].map((names) => {
    const members = [...byName].flatMap(([name, placed]) => (names.has(name) ? [placed] : []));
    const statements = members.map(({ claim }) => claim.says);
    return { claims: members, agree: allAgree(statements), factor: factorOf(statements) };
  });
}

/** References to claims that none of the plans has, though the plan they name is among them. */
export function unresolved(claims: readonly PlacedClaim[]): { readonly from: string; readonly to: string }[] {
  const names = new Set(claims.map(fullName));
  const plans = new Set(claims.map(({ plan }) => plan));
  return claims.flatMap((placed) =>
    sameAs(placed)
      .filter((other) => !names.has(other) && plans.has(other.split('/')[0] ?? ''))
      .map((other) => ({ from: fullName(placed), to: other })),
  );
}

function sameAs({ plan, claim }: PlacedClaim): string[] {
  return claim.sameAs.map((id) => (id.includes('/') ? id : `${plan}/${id}`));
}

function allAgree(statements: readonly Statement[]): boolean {
  return statements.every((a, index) =>
    statements.slice(index + 1).every((b) => overlap(intervalOf(a), intervalOf(b))),
  );
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a statement leaves open: half of its last place for a figure, everything on one side of a bound. */
function intervalOf({ bound, literal, upper }: Statement): Interval {
  const { value, resolution } = literal;
  switch (bound) {
    case 'equal': {
      // As wide as the precision it is written with, but never more than what counts as close.
      const half = Math.min(resolution / 2, CLOSE * Math.abs(value));
      return { low: value - half, high: value + half };
    }
    case 'between':
      return { low: value, high: upper?.value ?? value };
    case 'below':
    case 'at most':
      return { low: -Infinity, high: value };
    case 'above':
    case 'at least':
      return { low: value, high: Infinity };
  }
}

/** Two ranges that only touch do not agree: 10 to 30 s and 30 to 60 s are different promises. */
function overlap(a: Interval, b: Interval): boolean {
  const slack = 1e-9 * Math.max(finite(a.low), finite(a.high), finite(b.low), finite(b.high));
  const touch = a.low > b.high - slack || b.low > a.high - slack;
  if (touch && isRange(a) && isRange(b)) return false;
  return a.low <= b.high + slack && b.low <= a.high + slack;
}

function isRange({ low, high }: Interval): boolean {
  return Number.isFinite(low) && Number.isFinite(high) && high > low * (1 + 2 * CLOSE);
}

function finite(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : 0;
}

function factorOf(statements: readonly Statement[]): number {
  const figures = statements.flatMap(({ literal, upper }) => [literal.value, ...(upper ? [upper.value] : [])]);
  const least = Math.min(...figures);
  return least > 0 ? Math.max(...figures) / least : 1;
}
