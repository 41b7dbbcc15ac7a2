import type { Estimate, EstimatedStep, EstimatedTier } from '../../model/estimate/estimate.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../../model/plan/plan.ts';
import type { TierKind } from '../../model/topology/topology.ts';
import { formatNumber } from '../../model/units/format.ts';
import { percentText } from '../amount-text.ts';

/** One architecture step as it is drawn and told: who calls whom, how much of each there is, what is new and what breaks first. */
export interface StepPicture {
  readonly plan: string;
  readonly step: number;
  readonly name: string;
  readonly tiers: readonly PicturedTier[];
  readonly links: readonly Link[];
  /** Tiers that clients call. */
  readonly doors: readonly string[];
  /** Tiers of the step it is compared with that are there no more. */
  readonly gone: readonly string[];
}

export interface PicturedTier {
  readonly id: string;
  readonly kind: TierKind;
  /** Instances and kind: `9 × express`. */
  readonly what: string;
  /** At the peak: `77 % in use`. */
  readonly use: string;
  /** The first to break as load grows; whether it has, at the peak. */
  readonly breaks: 'now' | 'next' | null;
  /** `new` or `was 3 × postgres`, against the step it is compared with; empty where nothing changed. */
  readonly news: string;
}

/**
 * From whoever hands over work to whoever does it: a caller and what it calls, a queue and the workers that take from it, a primary
 * and those that copy it.
 */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: 'calls' | 'takes' | 'copies';
}

/**
 * The picture of a step of a plan. `since` is the step that news are told against; null for none, as where the step itself is what
 * a lesson begins with.
 */
export function pictureOf(
  plan: Pick<Plan, 'name' | 'steps'>,
  estimate: Pick<Estimate, 'steps'>,
  step: number,
  since: number | null,
): StepPicture | null {
  const now = plan.steps.find((each) => each.step === step);
  const figures = estimate.steps.find((each) => each.step === step);
  if (!now || !figures) return null;
  const before = plan.steps.find((each) => each.step === since);
  const counted = estimate.steps.find((each) => each.step === since);
  const links = linksOf(now);
  return {
    plan: plan.name,
    step,
    name: now.name,
    tiers: now.tiers.flatMap((tier) => pictured(tier, figures, counted)),
    links,
    doors: doorsOf(now, links),
    gone: (before?.tiers ?? []).map(({ id }) => id).filter((id) => !now.tiers.some((tier) => tier.id === id)),
  };
}

function pictured({ id, kind }: PlannedTier, step: EstimatedStep, before: EstimatedStep | undefined): PicturedTier[] {
  const figures = step.tiers.find(({ tier }) => tier === id);
  if (!figures) return [];
  const earlier = before?.tiers.find(({ tier }) => tier === id);
  return [
    {
      id,
      kind,
      what: whatText(kind, figures.provided),
      use: useText(figures),
      breaks: step.bottleneck === id ? (figures.utilisation >= 1 ? 'now' : 'next') : null,
      news: before ? newsText(figures, earlier, kind) : '',
    },
  ];
}

/** What a reader would not know by its kind. */
const IN_WORDS: Partial<Record<TierKind, readonly [one: string, several: string]>> = {
  cdn: ['CDN', 'CDNs'],
  'object-store': ['object store', 'object stores'],
  external: ['third party', 'third parties'],
};

function whatText(kind: TierKind, instances: number): string {
  const words = IN_WORDS[kind];
  if (!words) return `${formatNumber(instances)} × ${kind}`;
  return instances === 1 ? words[0] : `${formatNumber(instances)} ${words[1]}`;
}

function useText({ utilisation }: EstimatedTier): string {
  return Number.isFinite(utilisation) ? `${wholePercent(utilisation)} in use` : 'nothing left';
}

/** In whole per cent, but what is almost all is not all, nor is little nothing. */
function wholePercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return '< 1 %';
  return percent === 100 ? percentText(share, 4) : `${formatNumber(percent)} %`;
}

function newsText(now: EstimatedTier, before: EstimatedTier | undefined, kind: TierKind): string {
  if (!before) return 'new';
  return before.provided === now.provided ? '' : `was ${whatText(kind, before.provided)}`;
}

/** Each once, callers in the order of the plan. A worker takes from its queue, whichever of the two the plan lets call the other. */
function linksOf({ tiers }: ArchitectureStep): Link[] {
  const kindOf = new Map(tiers.map(({ id, kind }) => [id, kind]));
  const links = new Map<string, Link>();
  const add = (link: Link): void => {
    const key = `${link.from}>${link.to}`;
    if (!links.has(key)) links.set(key, link);
  };
  for (const { id, kind, calls } of tiers) {
    for (const callee of calls.filter((each) => kindOf.has(each))) {
      if (kind === 'worker' && kindOf.get(callee) === 'rabbitmq') add({ from: callee, to: id, kind: 'takes' });
      else if (kindOf.get(callee) === 'worker') add({ from: id, to: callee, kind: 'takes' });
      else add({ from: id, to: callee, kind: 'calls' });
    }
  }
  for (const { id, behaviour } of tiers) {
    const copied = behaviour.replication?.of;
    if (copied !== undefined && kindOf.has(copied)) add({ from: copied, to: id, kind: 'copies' });
  }
  return [...links.values()];
}

const DOORS: readonly TierKind[] = ['nginx', 'express', 'cdn', 'object-store'];

/** What clients can call and nothing else does, the entry first; where all is called by something, the entry. */
function doorsOf({ tiers, entry }: ArchitectureStep, links: readonly Link[]): string[] {
  const isCalled = (id: string): boolean => links.some(({ to, from }) => to === id && from !== id);
  const doors = tiers.filter(({ id, kind }) => !isCalled(id) && (id === entry || DOORS.includes(kind)));
  const [first, others] = [doors.filter(({ id }) => id === entry), doors.filter(({ id }) => id !== entry)];
  return doors.length > 0 ? [...first, ...others].map(({ id }) => id) : [entry];
}
