import type { EstimatedTier } from '../model/estimate/estimate.ts';
import type { StepDiff, TierChange } from '../model/questions/diff-steps.ts';
import { amountText, monthlyText, percentText } from './amount-text.ts';
import type { Block, Cell, DataRow } from './document.ts';
import { distinctNumbers } from './readable-unit.ts';

/** What the two sides are called in tables. */
export interface Labels {
  readonly a: string;
  readonly b: string;
}

/** Steps on both sides: which tier breaks first, what it costs, and two lines for every tier that differs. */
export function stepsBlocks(steps: readonly StepDiff[], labels: Labels): Block[] {
  // Tiers that differ in the same way at several steps are drawn once.
  const drawn = new Set<string>();
  return steps.flatMap((step) => {
    const fresh = step.tiers.changed.filter((change) => !drawn.has(JSON.stringify(change)));
    for (const change of fresh) drawn.add(JSON.stringify(change));
    return stepBlocks(step, fresh, labels);
  });
}

function stepBlocks(step: StepDiff, fresh: readonly TierChange[], labels: Labels): Block[] {
  const { a, b, tiers } = step;
  const oneStep = a.step === b.step;
  const text = oneStep ? `Step ${b.step}: ${b.name}` : `Step ${a.step}: ${a.name} → step ${b.step}: ${b.name}`;
  const repeated = tiers.changed.length - fresh.length;
  const sentences = [
    bottleneckText(step, labels),
    ...costText(step, labels),
    ...(repeated === 0 ? [] : [`${tiersText(repeated, 'differs', 'differ')} as above`]),
    ...(tiers.unchanged === 0 ? [] : [`${tiersText(tiers.unchanged, 'is', 'are')} the same`]),
  ];
  const rows = tierRows(step, fresh, labels);
  const right = 'right' as const;
  const columns = [
    { title: 'tier' },
    ...['has to carry', 'can carry', 'in use', 'needs', 'has'].map((title) => ({ title, align: right })),
  ];
  const table: Block = { kind: 'table', name: `step-${b.step}`, columns, rows, data: dataRows(step) };
  return [
    { kind: 'heading', text },
    { kind: 'paragraph', text: sentences.join('; ') },
    ...(rows.length === 0 ? [] : [table]),
  ];
}

function tiersText(count: number, one: string, many: string): string {
  return count === 1 ? `1 tier ${one}` : `${count} tiers ${many}`;
}

function bottleneckText({ a, b }: StepDiff, labels: Labels): string {
  const [before, after] = [a.bottleneck, b.bottleneck];
  if (!before || !after) return after ? `\`${after.tier}\` breaks first` : 'there are no tiers';
  const [from, to] = [percentText(before.utilisation), percentText(after.utilisation)];
  if (before.tier !== after.tier) {
    return `\`${after.tier}\` breaks first, at ${to} (${labels.a}: \`${before.tier}\`, at ${from})`;
  }
  return `\`${after.tier}\` breaks first on both sides, at ${to}${from === to ? '' : ` (${labels.a}: ${from})`}`;
}

function costText({ a, b }: StepDiff, labels: Labels): string[] {
  const [before, after] = [a.cost_usd_per_s, b.cost_usd_per_s];
  if (after === null) return before === null ? [] : ['nothing has a price any more'];
  const to = `it costs ${monthlyText(after)} a month`;
  if (before === null || monthlyText(before) === monthlyText(after)) return [to];
  const factor = before > 0 ? `, × ${distinctNumbers(after / before, 1)[0]}` : '';
  return [`${to} (${labels.a}: ${monthlyText(before)}${factor})`];
}

/** Both sides of a tier that changed, in units that they have in common. */
function tierRows({ tiers }: StepDiff, fresh: readonly TierChange[], labels: Labels): Cell[][] {
  return [
    ...tiers.added.map((tier) => tierRow(`${tier.tier}, added`, tier)),
    ...tiers.removed.map((tier) => tierRow(`${tier.tier}, removed`, tier)),
    ...fresh.flatMap(({ a, b }) => [tierRow(a.tier, a), tierRow(`  ${labels.b}`, b)]),
  ];
}

function tierRow(label: string, { demand, capacity, unit, utilisation, needed, provided }: EstimatedTier): Cell[] {
  const inUse = percentText(utilisation);
  return [
    label,
    amountText(demand, unit),
    amountText(capacity, unit),
    utilisation > 1 ? { text: inUse, tone: 'bad' } : inUse,
    String(needed),
    String(provided),
  ];
}

function dataRows({ a, b, tiers }: StepDiff): DataRow[] {
  const row = (step: number, side: string, tier: EstimatedTier): DataRow => {
    const { tier: id, demand, capacity, unit, utilisation, needed, provided } = tier;
    return { step, tier: id, side, demand, capacity, unit, utilisation, needed, provided };
  };
  return [
    ...tiers.added.map((tier) => row(b.step, 'added', tier)),
    ...tiers.removed.map((tier) => row(a.step, 'removed', tier)),
    ...tiers.changed.flatMap((change) => [row(a.step, 'a', change.a), row(b.step, 'b', change.b)]),
  ];
}
