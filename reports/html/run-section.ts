import type { GateJudgement } from '../../model/gate/gate.ts';
import type { Suspect } from '../../model/diagnosis/suspect.ts';
import type { ResultRun } from '../result.ts';
import { architecture } from './architecture.ts';
import { counters } from './counters.ts';
import {
  costTable,
  environmentFacts,
  eventsTable,
  generatorFacts,
  predictionsTable,
  validityTable,
} from './evidence.ts';
import { faults } from './faults.ts';
import { latencyCurves } from './latency-curves.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { outcomes } from './outcomes.ts';
import { overTime } from './over-time.ts';
import { runFacts } from './run-facts.ts';
import { sectionMarkup } from './section.ts';
import type { Section } from './section.ts';
import { statusBadge } from './status-badge.ts';
import { tiers } from './tiers.ts';
import { verdictTable } from './verdict-section.ts';
import type { ShownVerdict } from './verdict-section.ts';

export interface Around {
  readonly title: string;
  readonly gate: GateJudgement | undefined;
  readonly suspects: readonly Suspect[];
}

/** Everything about one run; parts without data are left out. */
export function runSection(run: ResultRun, index: number, around: Around): Section {
  const { judgement } = run;
  const id = runId(index);
  const parts = partsOf(run, around).filter(({ content }) => content !== null);
  const sections = parts.map(({ name, title, content }) =>
    sectionMarkup({ id: `${id}-${name}`, title, content, level: 3 }),
  );
  return {
    id,
    title: around.title,
    content: html`<p class="run-outcome">${statusBadge(judgement.outcome)}</p>
      ${runFacts(run)}${warnings(run)}${sections}`,
  };
}

export function runId(index: number): string {
  return `run-${index + 1}`;
}

/** Titles of all runs, those of repeated ones with their numbers. */
export function runTitles(runs: readonly ResultRun[]): string[] {
  const titles = runs.map(({ observation: { what } }) => `${what.scenario} on ${what.plan}, step ${what.step}`);
  return titles.map((title, index) => {
    const same = titles.filter((each) => each === title).length;
    return same === 1 ? title : `${title}: run ${titles.slice(0, index + 1).filter((each) => each === title).length}`;
  });
}

interface Part {
  readonly name: string;
  readonly title: string;
  readonly content: Content;
}

function partsOf(run: ResultRun, { gate, suspects }: Around): Part[] {
  const { observation, judgement, setting } = run;
  const verdicts = ownVerdicts(run, gate);
  const { cost, predictions = [] } = setting ?? {};
  return [
    part('criteria', 'Criteria', verdicts.length > 0 ? verdictTable(verdicts, 'Criteria of the run') : null),
    part('time', 'Over time', overTime(observation)),
    part('percentiles', 'How response times are spread', latencyCurves(observation)),
    part('outcomes', 'Outcomes', outcomes(observation)),
    part('faults', 'Faults and what they did', faults(observation)),
    part('architecture', 'Architecture', setting ? architecture(run, setting, suspects) : null),
    part('tiers', 'Tiers', tiers(observation, setting)),
    part('predictions', 'Predicted and measured', predictions.length > 0 ? predictionsTable(predictions) : null),
    part('cost', 'Cost', cost ? costTable(cost) : null),
    part('validity', 'Whether it counts', [
      validityTable(judgement.validity),
      generatorFacts(observation),
      environmentFacts(observation),
    ]),
    part('events', 'What happened', observation.events.length > 0 ? eventsTable(observation) : null),
    part('counters', 'Counters', counters(observation)),
  ];
}

function part(name: string, title: string, content: Content): Part {
  return { name, title, content };
}

/** Verdicts that the gate's table does not have already. What speaks against the run as a whole is not said again by each of them. */
function ownVerdicts({ observation: { what }, judgement }: ResultRun, gate: GateJudgement | undefined): ShownVerdict[] {
  const isInGate = (text: string): boolean =>
    gate?.verdicts.some((each) => each.text === text && each.scenario === what.scenario && each.step === what.step) ??
    false;
  const isTold = (because: string): boolean => judgement.validity.some(({ ok, detail }) => !ok && detail === because);
  return judgement.verdicts
    .filter(({ criterion }) => !isInGate(criterion.text))
    .map(({ criterion: { text }, status, because, help, measurement }) => {
      return { text, status, measurement, ...(!isTold(because) && { because, help }) };
    });
}

/** What speaks against the run is told before its figures. */
function warnings({ judgement }: ResultRun): Content {
  const failed = judgement.validity.filter(({ ok }) => !ok);
  if (failed.length === 0) return null;
  const items = failed.map(({ name, severity, detail, help }): Markup => {
    return html`<li class="${severity === 'invalid' ? 'bad' : 'warn'}">
      <strong>${severity}, ${name}:</strong>
      ${prose(detail)}${help === '' ? null : html`<br /><span class="help">${prose(help)}</span>`}
    </li>`;
  });
  return html`<ul class="warnings">
    ${items}
  </ul>`;
}
