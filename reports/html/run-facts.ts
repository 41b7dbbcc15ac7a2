import type { Observation } from '../../model/observation/observation.ts';
import { scenarioDuration } from './run-time.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import type { ResultRun } from '../result.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

/** What was run, on what, and when: the conditions that a figure is only worth something with. */
export function runFacts({ run, observation, setting }: ResultRun): Markup {
  const { what, totals } = observation;
  const facts: readonly (readonly [string, Content])[] = [
    ['System', `${what.plan}, step ${what.step}${setting ? `: ${setting.name}` : ''}`],
    ['Run', how(observation)],
    [
      'Load',
      `${formatNumber(totals.scheduled)} requests in ${formatInBaseUnit(scenarioDuration(observation), 's')}, seed ${what.seed}`,
    ],
    ...(what.startedAt === undefined
      ? []
      : [
          [
            'Started',
            html`<time datetime="${what.startedAt}"
              >${what.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time
            >`,
          ] as const,
        ]),
    ...(run === undefined ? [] : [['Kept as', html`<code>${run}</code>`] as const]),
    ...(observation.complete ? [] : [['Cut short', observation.incompleteBecause ?? 'the run ended early'] as const]),
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function how({ what }: Observation): string {
  const executor = what.executor === 'simulator' ? 'simulated' : `live, driven by ${what.engine}`;
  const scale = what.scale === 1 ? 'full scale' : `${formatNumber(what.scale * 100)} % of its rates`;
  return `${what.scenario}, ${executor}, ${scale}`;
}
