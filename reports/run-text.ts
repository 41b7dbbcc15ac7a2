import type { Judgement } from '../model/judge/judge.ts';
import type { Observation } from '../model/observation/observation.ts';
import { classTable } from './class-table.ts';
import { phaseTable } from './phase-table.ts';
import { faultsText } from './faults-text.ts';
import type { Layout } from './style.ts';
import { judgementText } from './judgement-text.ts';
import { outagesText } from './outages-text.ts';
import { writesText } from './writes-text.ts';

export interface RunTextOptions extends Layout {
  /** Also the request classes, the phases, the events and the generator's own figures. */
  readonly full?: boolean;
}

/** The report of a run: what was run, the verdicts, and on demand the figures behind them. Ends with a line end. */
export function runText(observation: Observation, judgement: Judgement, options: RunTextOptions): string {
  const title = `${options.style.strong(runTitle(observation))}\n`;
  return title + judgementText(judgement, options) + figuresText(observation, judgement, options);
}

/** What was seen of a run beside its verdicts; '' where nothing was worth telling, else ends with a line end. */
export function figuresText(observation: Observation, judgement: Judgement, options: RunTextOptions): string {
  const { faults, outages, writes } = observation;
  const parts: string[] = [];
  if (faults) parts.push(`${faultsText(faults)}\n`);
  if (outages) parts.push(`${outagesText(outages)}\n`);
  if (writes) parts.push(`${writesText(writes)}\n`);
  if (!options.full) return parts.join('');
  const classes = classTable(observation, options);
  if (classes !== '') parts.push(`\n${classes}\n`);
  parts.push(`\n${phaseTable(observation, options)}\n`);
  if (observation.events.length > 0) parts.push(`\n${eventsText(observation)}\n`);
  parts.push(`\n${checksText(judgement)}\n`);
  return parts.join('');
}

/** What was run, and how, in a line. */
export function runTitle({ what }: Observation): string {
  const how = what.executor === 'simulator' ? 'simulated' : `live, ${what.engine}`;
  const scale = what.scale === 1 ? 'full scale' : `scale ${what.scale}`;
  return `${what.plan} step ${what.step}, scenario ${what.scenario}: ${how}, ${scale}, seed ${what.seed}`;
}

function eventsText({ events }: Observation): string {
  return events
    .map(({ at_s, kind, tier, detail }) => {
      const where = tier === undefined ? '' : ` of \`${tier}\``;
      return `at ${at_s.toFixed(1)} s: ${kind}${where}: ${detail}`;
    })
    .join('\n');
}

/** Every check of the run with what it found, the passed ones too: what was looked at is part of the evidence. */
function checksText({ validity }: Judgement): string {
  return validity.map(({ ok, name, detail }) => `${ok ? '✓' : '!'} ${name}: ${detail}`).join('\n');
}
