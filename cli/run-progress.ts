import type { RunProgress, RunRequest } from '../harness/run-scenario.ts';
import type { ExecutorClaims } from '../model/judge/claims.ts';
import type { Criterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import type { Verdict } from '../model/judge/judge.ts';
import type { Observation } from '../model/observation/observation.ts';
import { progressLines, progressNews } from '../reports/progress-text.ts';
import type { RunState } from '../reports/progress-text.ts';
import type { Terminal } from './terminal.ts';

/** A run that somebody watches, and what it will be held against. */
export interface WatchedRun {
  readonly scenario: string;
  readonly criteria: readonly Criterion[];
  readonly claims: ExecutorClaims;
}

/** What a run tells while it goes on. */
export type RunListener = Required<Pick<RunRequest, 'onProgress' | 'onSoFar'>>;

/**
 * Tells on standard error how a run goes: in place on a terminal, elsewhere line by line. With `quiet` nothing is told; what is judged so
 * far is then not even asked for.
 */
export function watchRun(terminal: Terminal, run: WatchedRun, quiet = false): Partial<RunListener> {
  if (quiet) return {};
  const { scenario, criteria, claims } = run;
  let verdicts: readonly Verdict[] = [];
  let shown: RunState | undefined;
  const show = (progress: RunProgress): void => {
    const state = { ...progress, scenario, verdicts };
    if (terminal.isLive) terminal.progress(...progressLines(state, terminal.errStyle));
    else for (const line of progressNews(shown, state, terminal.errStyle)) terminal.message(line);
    shown = state;
  };
  return {
    onProgress: show,
    onSoFar: (observation) => {
      if (hasBegun(observation)) verdicts = judge(observation, criteria, claims).verdicts;
    },
  };
}

/** Whether there is anything to judge: warm-up is not. */
function hasBegun({ phases, classes }: Observation): boolean {
  const judged = new Set(phases.filter((phase) => phase.judged).map(({ name }) => name));
  return classes.some(({ phase, sent }) => sent > 0 && judged.has(phase));
}
