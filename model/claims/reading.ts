import type { Claim, Finding, MeasuredAt, MeasuredBy, Versus } from '../plan/plan.ts';
import { judgeStatement } from './statement.ts';

/** What became of a claim. The first three are answers; the rest say why there is none. */
export type ClaimVerdict = Finding | 'inconclusive' | 'invalid' | 'no data' | 'not measured' | 'not derivable';

/** What a run shows of a claim. Values are in base units. */
export interface Reading {
  readonly verdict: ClaimVerdict;
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly samples?: number;
  readonly metric: string;
  readonly scenario: string;
  readonly step: number;
  readonly phase?: string;
  /** The value says how the metric compares with this one. */
  readonly versus?: Compared;
  /** Folder of the run, where it was kept. */
  readonly run?: string;
  /** Of a simulation: how many replications the value is the mean of. */
  readonly replications?: number;
  /** Why there is no answer, or what the value rests on. */
  readonly detail?: string;
}

/** Where a figure comes from. */
export type Asked = Pick<Reading, 'metric' | 'scenario' | 'step' | 'phase'>;

/** With a as the metric of the reading and b as this one: reduction = 1 - a / b, ratio = a / b. */
export interface Compared extends Asked {
  readonly as: Versus['as'];
}

/** What is read, before there is a value. */
export function asked(by: MeasuredBy): Asked & Pick<Reading, 'versus'> {
  const { versus } = by;
  return { ...placeOf(by), ...(versus && { versus: { ...placeOf(versus), as: versus.as } }) };
}

function placeOf({ scenario, step, phase, metricText: metric }: MeasuredAt): Asked {
  return { metric, scenario, step, ...(phase === undefined ? {} : { phase }) };
}

/** How a figure compares with another, which is not 0. */
export function compare(value: number, { as }: Versus, base: number): number {
  return as === 'ratio' ? value / base : 1 - value / base;
}

/** Why there is nothing to compare with. */
export function nothingToCompare({ scenario, step }: Versus): string {
  return `\`${scenario}\` on step ${step} gave nothing to compare with`;
}

/** Identifies the run of a scenario on a step. */
export function runKey(scenario: string, step: number): string {
  return `${scenario}@${step}`;
}

/** A bound that lies inside the 95 % interval is not settled; a value cut short by timeouts can only break a bound. */
export function judgeReading(
  { says }: Claim,
  value: number,
  { low, high }: { readonly low?: number; readonly high?: number },
  censored: boolean,
): ClaimVerdict {
  const finding = judgeStatement(says, value);
  if (censored && finding !== 'contradicted') return 'inconclusive';
  if (says.bound === 'equal' || low === undefined || high === undefined) return finding;
  const limit = says.literal.value;
  return low < limit && limit < high ? 'inconclusive' : finding;
}
