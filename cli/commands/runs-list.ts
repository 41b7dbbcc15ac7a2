import { RUNS_DIR } from '../../harness/run-store.ts';
import type { Outcome } from '../../model/judge/outcome.ts';
import { RUNS_FORMAT_VERSION, runsDocument } from '../../reports/runs-document.ts';
import type { ListedRun, RunList } from '../../reports/runs-document.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { listedRuns, tellUnreadable } from '../stored-runs.ts';

export interface RunsListOptions {
  readonly plan?: string;
  readonly step?: number;
  readonly scenario?: string;
  readonly outcome?: Outcome;
  /** Not older than this, in s. */
  readonly since?: number;
}

/** `shop-plan runs [list]` */
export async function runsListCommand({ terminal }: Context, options: RunsListOptions): Promise<ExitCode> {
  const now_ms = Date.now();
  const { runs, unreadable } = await listedRuns(RUNS_DIR);
  const wanted = runs.filter((run) => isWanted(run, options, now_ms));
  const list: RunList = { formatVersion: RUNS_FORMAT_VERSION, kind: 'runs', runs: wanted, unreadable };
  await show(terminal, { data: () => list, document: () => runsDocument(list, now_ms) });
  return tellUnreadable(terminal, unreadable);
}

function isWanted(run: ListedRun, { plan, step, scenario, outcome, since }: RunsListOptions, now_ms: number): boolean {
  return (
    (plan === undefined || run.plan === plan) &&
    (step === undefined || run.step === step) &&
    (scenario === undefined || run.scenario === scenario) &&
    (outcome === undefined || run.outcome === outcome) &&
    (since === undefined || Date.parse(run.when) >= now_ms - since * 1000)
  );
}
