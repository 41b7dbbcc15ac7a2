import { nearest } from '../../model/document/nearest.ts';
import type { ArchitectureStep, Pattern, Plan, PlannedTier, Spike } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { autoscale, peakLoad } from '../../model/questions/autoscale.ts';
import type { AutoscaleQuestion } from '../../model/questions/autoscale.ts';
import { autoscaleDocument } from '../../reports/autoscale-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface AutoscaleOptions {
  readonly step?: number;
  readonly tier?: string;
  readonly pattern?: string;
  readonly spike?: string;
  readonly set: readonly string[];
}

const DEFAULT_PATTERN = 'daily';
const HOUR_S = 3600;
const YEAR_S = 366 * 24 * HOUR_S;

/** `shop-plan autoscale [plan]` */
export async function autoscaleCommand(
  { terminal }: Context,
  name: string,
  options: AutoscaleOptions,
): Promise<ExitCode> {
  const plan = withSettings(await loadPlan(name, { claims: false }), options.set);
  const step = chooseStep(plan, options);
  const tier = chooseTier(plan, step, options.tier);
  const pattern = choosePattern(plan, options.pattern);
  const spike = options.spike === undefined ? {} : { spike: chooseSpike(plan, options.spike) };
  if (!peakLoad(plan, tier))
    throw new UsageError(`\`${tier.id}\` has no finite demand above 0`, 'what `--set` sets leaves nothing to scale');
  const result = autoscale(plan, { step, tier, rule: tier.autoscale, pattern, ...spike });
  const { width } = terminal;
  await show(terminal, { data: () => result, document: () => autoscaleDocument(result, { width }) });
  return EXIT.ok;
}

type ScaledTier = PlannedTier & { readonly autoscale: AutoscaleQuestion['rule'] };

function isScaled(tier: PlannedTier): tier is ScaledTier {
  return tier.autoscale !== null;
}

/** The step that was asked for, else the last one in which the tier (or any) has a rule. */
function chooseStep(plan: Plan, { step, tier }: AutoscaleOptions): ArchitectureStep {
  if (step !== undefined) return stepOf(plan, step);
  const has = ({ tiers }: ArchitectureStep, wanted: (each: PlannedTier) => boolean): boolean => tiers.some(wanted);
  const found =
    plan.steps.findLast((each) => has(each, ({ id, autoscale: rule }) => rule !== null && (tier ?? id) === id)) ??
    plan.steps.findLast((each) => has(each, ({ id }) => id === tier)) ??
    plan.steps.at(-1);
  if (found) return found;
  throw new UsageError(`${plan.name} has no \`architecture\``, 'add one with a tier that scales');
}

function chooseTier(plan: Plan, { step, tiers }: ArchitectureStep, id: string | undefined): ScaledTier {
  const scaled = tiers.filter(isScaled);
  const ids = scaled.map((tier) => tier.id).join(', ');
  const chosen = id === undefined ? scaled : tiers.filter((tier) => tier.id === id);
  const [first, second] = chosen;
  if (id === undefined && second)
    throw new UsageError(`several tiers of step ${step} scale`, `choose one with \`--tier\`: ${ids}`);
  if (!first && id !== undefined) {
    const near = nearest(
      id,
      tiers.map((tier) => tier.id),
    );
    const help = near ? `did you mean \`${near}\`?` : `tiers: ${tiers.map((tier) => tier.id).join(', ')}`;
    throw new UsageError(`step ${step} of ${plan.name} has no tier \`${id}\``, help);
  }
  if (first && isScaled(first)) return first;
  const what = id === undefined ? 'no tier has an' : `\`${id}\` has no`;
  const elsewhere = plan.steps.filter((each) =>
    each.tiers.some((tier) => isScaled(tier) && (id ?? tier.id) === tier.id),
  );
  const help = ids === '' || elsewhere.length > 0 ? ruleHelp(elsewhere) : `tiers that have one: ${ids}`;
  throw new UsageError(`${what} \`autoscale\` rule in step ${step} of ${plan.name}`, help);
}

function ruleHelp(elsewhere: readonly ArchitectureStep[]): string {
  if (elsewhere.length > 0) return `steps with one: ${elsewhere.map(({ step }) => step).join(', ')}`;
  const times = 'out_above: 70 %, out_after: 2 min, in_below: 30 %, in_after: 5 min, boot: 60 s';
  return `add to the tier\n          autoscale: { min: 2, max: 10, ${times} }`;
}

function choosePattern(plan: Plan, name: string | undefined): Pattern {
  if (plan.patterns.length === 0) {
    const example =
      'patterns:\n            daily: { period: 1 day, factors: { night: 0.2, morning: 1, afternoon: 1.4, evening: 2 } }';
    throw new UsageError(`${plan.name} does not say how load moves over time`, `add to the plan\n          ${example}`);
  }
  const usual = plan.patterns.find((pattern) => pattern.name === DEFAULT_PATTERN) ?? plan.patterns[0];
  const pattern = name === undefined && usual ? usual : named(plan, plan.patterns, 'pattern', name ?? DEFAULT_PATTERN);
  if (pattern.period_s >= HOUR_S && pattern.period_s <= YEAR_S) return pattern;
  throw new UsageError(
    `the period of \`${pattern.name}\` cannot be followed by the minute`,
    'it has to be an hour to a year',
  );
}

function chooseSpike(plan: Plan, name: string): Spike {
  const spike = named(plan, plan.spikes, 'spike', name);
  if (spike.duration_s <= YEAR_S) return spike;
  throw new UsageError(`\`${name}\` lasts longer than a year`, 'that is growth: see `shop-plan growth`');
}

function named<T extends { readonly name: string }>(plan: Plan, all: readonly T[], what: string, name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name);
  const near = nearest(name, names);
  const list = names.length > 0 ? `${what}s: ${names.join(', ')}` : `the plan has no \`${what}s\``;
  throw new UsageError(`${plan.name} has no ${what} \`${name}\``, near ? `did you mean \`${near}\`?` : list);
}
