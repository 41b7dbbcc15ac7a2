import { signed } from '../../model/comparison/because.ts';
import type { ComparedRuns, ComparedSide, Comparison } from '../../model/comparison/comparison.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { sectionMarkup } from './section.ts';
import { badge } from './status-badge.ts';
import { tableMarkup } from './table.ts';

const right = { numeric: true } as const;

/** Sets of runs beside each other, metric by metric. */
export function comparisonsSection(compared: readonly ComparedRuns[]): Markup {
  return sectionMarkup({ id: 'comparisons', title: 'Compared', content: compared.map(comparedMarkup) });
}

function comparedMarkup({ plan, step, scenario, before, after, comparisons, unlike }: ComparedRuns): Content {
  const columns = [
    { title: 'Metric' },
    { title: 'Verdict' },
    { title: sideText(before), ...right },
    { title: sideText(after), ...right },
    { title: 'Shift', ...right },
    { title: '95 % interval', ...right },
    { title: 'p', ...right },
    { title: 'Effect', ...right },
  ];
  const caption = `${scenario} on ${plan}, step ${step}: ${sideText(after)} against ${sideText(before)}`;
  const warning = unlike.map((reason) => html`<li>${prose(reason)}</li>`);
  return html`${tableMarkup({ caption, columns, rows: comparisons.map(rowOf) })}${
    unlike.length > 0
      ? html`<p>The two are not alike, and what was found may come from there:</p>
          <ul>
            ${warning}
          </ul>`
      : null
  }`;
}

function sideText({ name, runs }: ComparedSide): string {
  return `${name} (${runs} ${runs === 1 ? 'run' : 'runs'})`;
}

function rowOf(comparison: Comparison): Content[] {
  const { metric, unit, before, after, shift, p, effect, because } = comparison;
  return [
    html`<code>${metric}</code>
      <p class="why">${prose(because)}</p>`,
    statusOf(comparison),
    valueText(before, comparison),
    valueText(after, comparison),
    shift ? signed(shift.value, unit) : '-',
    shift ? `[${signed(shift.low, unit)}, ${signed(shift.high, unit)}]` : '-',
    p === undefined ? '-' : p < 0.001 ? '< 0.001' : formatNumber(p, 2),
    effect === undefined ? '-' : formatNumber(effect, 2),
  ];
}

function statusOf({ status, direction }: Comparison): Markup {
  switch (status) {
    case 'changed':
      if (direction === 'better') return badge('good', '✓', 'better');
      return direction === 'worse' ? badge('bad', '✗', 'worse') : badge('warn', '≠', 'changed');
    case 'unchanged':
      return badge('good', '=', 'unchanged');
    case 'too noisy':
      return badge('warn', '?', 'too noisy');
    case 'no data':
      return badge('warn', '?', 'no data');
  }
}

function valueText(value: number | undefined, { unit }: Comparison): string {
  if (value === undefined) return '-';
  return unit === 'share' ? `${formatNumber(value * 100, 3)} %` : formatInBaseUnit(value, unit);
}
