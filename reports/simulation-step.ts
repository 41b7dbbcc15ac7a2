import type { StepSimulation } from '../model/questions/simulation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block } from './document.ts';
import { shareText } from './figure-text.ts';
import { instabilityHelp, instabilityLines } from './instability-text.ts';
import { simulationPlots } from './simulation-plots.ts';
import { failureBlocks } from './simulation-failures.ts';
import { countersTable } from './simulation-counters-table.ts';
import { phaseBlocks } from './simulation-phases-table.ts';
import { classesTable, tierBlocks, timelineBlocks } from './simulation-tables.ts';
import { verdictBlocks } from './simulation-verdicts.ts';

/** Columns from which on a table has room for what is told elsewhere, too. */
const WIDE = 100;

/** One step in detail: verdicts, warnings, phases, tiers, classes, what failed, what happened, and what all of it rests on. */
export function stepBlocks(
  step: StepSimulation,
  { full, width }: { readonly full: boolean; readonly width: number },
): Block[] {
  return [
    ...verdictBlocks(step),
    ...warnings(step),
    ...phaseBlocks(step, full),
    ...tierBlocks(step, full && width >= WIDE),
    classesTable(step),
    ...failureBlocks(step),
    ...timelineBlocks(step, full),
    ...(full ? [countersTable(step), ...simulationPlots(step, width)] : []),
    { kind: 'paragraph', text: basis(step), tone: 'dim' },
    ...step.notes.map((note): Block => ({ kind: 'item', title: `note: ${note}`, lines: [] })),
  ];
}

function warnings(step: StepSimulation): Block[] {
  const { instabilities, judgement, precision, precisionAsked, replications } = step;
  const unstable = instabilityLines(step).map((title, index, all) => ({
    title,
    lines: index === all.length - 1 ? [`= help: ${instabilityHelp(step)}`] : [],
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
  const ends = (
    [
      [totals.ok, 'ok'],
      [totals.http_error, 'answered with an error'],
      [totals.timeout, 'timed out'],
      [totals.reset, 'reset'],
      [totals.in_flight_at_end, 'in flight at the end'],
      [totals.dropped, 'dropped'],
    ] as const
  ).flatMap(([count, end], index) => (count > 0 || index === 0 ? [`${formatNumber(count)} ${end}`] : []));
  return [
    `${times} of ${formatNumber(duration_s)} s: ${formatNumber(totals.scheduled)} requests, ${formatNumber(events)} events.`,
    warmUp_s > 0
      ? `The first ${formatNumber(warmUp_s)} s that are judged by the scenario do not count: it settled then.`
      : '',
    `Every request is accounted for: ${ends.join(' + ')}.`,
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
