import type { StepSimulation } from '../model/questions/simulation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block } from './document.ts';
import { shareText } from './figure-text.ts';
import { instabilityLines } from './instability-text.ts';
import { simulationPlots } from './simulation-plots.ts';
import { classesTable, countersTable, tiersTable, timelineBlocks } from './simulation-tables.ts';
import { verdictBlocks } from './simulation-verdicts.ts';

/** One step in detail: verdicts, warnings, tiers, classes, what happened, and what all of it rests on. */
export function stepBlocks(
  step: StepSimulation,
  { full, width }: { readonly full: boolean; readonly width: number },
): Block[] {
  return [
    ...verdictBlocks(step),
    ...warnings(step),
    tiersTable(step),
    classesTable(step),
    ...timelineBlocks(step, full),
    ...(full ? [countersTable(step), ...simulationPlots(step, width)] : []),
    { kind: 'paragraph', text: basis(step), tone: 'dim' },
    ...step.notes.map((note): Block => ({ kind: 'item', title: `note: ${note}`, lines: [] })),
  ];
}

function warnings(step: StepSimulation): Block[] {
  const { instabilities, judgement, precision, precisionAsked, replications } = step;
  const unstable = instabilityLines(step).map((title) => ({
    title,
    lines: ['= help: the figures depend on how long the scenario lasts; add capacity or offer less'],
  }));
  const told = instabilities.length > 0 ? ['steady state'] : [];
  const checks = judgement.validity
    .filter(({ ok, name }) => !ok && !told.includes(name))
    .map(({ severity, name, detail, help }) => ({
      title: `${severity === 'invalid' ? 'invalid' : 'warning'}[${name}]: ${detail}`,
      lines: help === '' ? [] : [`= help: ${help}`],
    }));
  const missed =
    precisionAsked === null || (precision !== null && precision <= precisionAsked)
      ? []
      : [
          {
            title: `warning[precision]: ${replications} replications reach ${precision === null ? 'none' : shareText({ value: precision })}, not ${shareText({ value: precisionAsked })}`,
            lines: ['= help: let the scenario last longer'],
          },
        ];
  const narrow = step.warnings.map((warning) => ({ title: `warning[intervals]: ${warning}`, lines: [] }));
  return [...unstable, ...checks, ...missed, ...narrow].map((item): Block => ({ kind: 'item', tone: 'warn', ...item }));
}

/** Less is rounding. */
const LITTLE_ERROR_MIN = 1e-5;
/** More is what had not left at the end: a law of averages says nothing of a queue that only grows. */
const LITTLE_ERROR_MAX = 0.05;

/** How much was simulated, and that nothing of it got lost. */
function basis(step: StepSimulation): string {
  const { replications, duration_s, totals, events, warmUp_s, precision, tiers } = step;
  const times = replications === 1 ? '1 replication' : `${replications} replications`;
  const dropped = totals.dropped === 0 ? '' : ` + ${formatNumber(totals.dropped)} dropped`;
  const failed = totals.http_error + totals.timeout + totals.reset;
  const ends = [
    `${formatNumber(totals.ok)} ok`,
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed`]),
    ...(totals.in_flight_at_end === 0 ? [] : [`${formatNumber(totals.in_flight_at_end)} in flight at the end`]),
  ];
  return [
    `${times} of ${formatNumber(duration_s)} s: ${formatNumber(totals.scheduled)} requests, ${formatNumber(events)} events.`,
    warmUp_s > 0
      ? `The first ${formatNumber(warmUp_s)} s that are judged by the scenario do not count: it settled then.`
      : '',
    `Every request is accounted for: ${ends.join(' + ')}${dropped}.`,
    littleText(Math.max(0, ...tiers.map(({ littleError }) => littleError))),
    precision === null
      ? 'A single replication has no intervals between replications.'
      : `± is half a 95 % interval; mean and p95 are known to ${shareText({ value: precision })}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function littleText(error: number): string {
  const off = shareText({ value: Math.max(error, LITTLE_ERROR_MIN) });
  if (error <= LITTLE_ERROR_MAX) return `Little's law holds within ${off} at every tier.`;
  return `Little's law is off by up to ${off}, where much was still inside at the end.`;
}
