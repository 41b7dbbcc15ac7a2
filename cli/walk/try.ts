import { experimentDuration_s, runExperiment } from '../../api/experiment.ts';
import type { TrialNews } from '../../api/experiment.ts';
import { serversHere } from '../../api/servers-here.ts';
import { UsageError } from '../../api/usage-error.ts';
import type { Experiment, Lesson } from '../../model/lesson/lesson.ts';
import { SIDES } from '../../model/lesson/trial-result.ts';
import type { SideName, TrialOutcome, TriedOn } from '../../model/lesson/trial-result.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { formatNumber } from '../../model/units/format.ts';
import { documentText } from '../../reports/document-text.ts';
import { experimentDocument } from '../../reports/lesson/experiment-document.ts';
import type { ExperimentDocumentOptions } from '../../reports/lesson/experiment-document.ts';
import { wrap } from '../../reports/text-width.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { explainFailure } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { sheetWidth } from './print.ts';

export interface TryRequest {
  readonly lesson: Pick<Lesson, 'id' | 'experiment'>;
  /** The lesson's. */
  readonly plan: Plan;
  /** Simulate, although servers may be there. */
  readonly simulated?: boolean;
  /** Sentences in place of a table. */
  readonly plain?: boolean;
}

/** What an experiment says to the shell. */
const CODES: Readonly<Record<TrialOutcome, ExitCode>> = {
  shown: EXIT.ok,
  'not shown': EXIT.failed,
  invalid: EXIT.invalid,
};

/**
 * Tries a lesson's experiment: says what will be started and for how long, then how it goes, then what came of it. What goes wrong is
 * told and is an exit code, so that a walk can go on.
 */
export async function tryExperiment({ terminal, signal }: Context, request: TryRequest): Promise<ExitCode> {
  try {
    return await attempt({ terminal, signal }, request);
  } catch (error) {
    return signal.aborted ? EXIT.interrupted : await explainFailure(error, terminal);
  }
}

async function attempt({ terminal, signal }: Context, request: TryRequest): Promise<ExitCode> {
  const { lesson, plan, simulated = false, plain = false } = request;
  const { experiment } = lesson;
  if (!experiment)
    throw new UsageError(`lesson ${lesson.id} has nothing to try`, '`shop-plan walk --list` lists the others');
  const here = simulated ? null : await serversHere(experiment, plan);
  const on: TriedOn = here?.ready ? 'servers' : 'simulator';
  const options = { plan, on, signal, onProgress: teller(terminal, plain) };
  const width = sheetWidth(terminal);
  const announced = announcement(experiment, on, await experimentDuration_s(experiment, options));
  for (const line of announced.flatMap((text) => wrap(text, width))) terminal.message(line);
  const result = await runExperiment(experiment, options);
  const shown: ExperimentDocumentOptions = { plain, ...(here?.ready === false && { simulatedAs: here }) };
  terminal.out(documentText(experimentDocument(result, shown), { style: terminal.style, width }));
  return CODES[result.outcome];
}

function announcement({ title, servers }: Experiment, on: TriedOn, duration_s: number): string[] {
  if (on === 'simulator') return [`${title}: both sides are simulated, which takes a few seconds. Ctrl-C ends it.`];
  const { before, after } = servers;
  const stacks =
    before.step === after.step
      ? `two sets of real servers, both of step ${before.step},`
      : `real servers of steps ${before.step} and ${after.step}`;
  return [
    `${title}: ${stacks} start on 127.0.0.1, are driven for ${formatNumber(duration_s)} s, and are taken down again.`,
    'All of it takes about a minute. Ctrl-C ends it at once, and takes down what was started.',
  ];
}

/** Both sides in place on a terminal; elsewhere, and for who listens, a line for what is new. */
function teller({ isLive, progress, message }: Terminal, plain: boolean): (news: TrialNews) => void {
  const latest = new Map<SideName, string>();
  return ({ side, text, isNew }) => {
    latest.set(side, text);
    if (isLive && !plain) progress(...SIDES.map((name) => `side ${name}: ${latest.get(name) ?? 'waits'}`));
    else if (isNew) message(`side ${side}: ${text}`);
  };
}
