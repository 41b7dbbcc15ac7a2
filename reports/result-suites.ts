import type { Ledger, LedgerRow } from '../model/claims/ledger.ts';
import type { ComparedRuns, Comparison, ComparisonStatus } from '../model/comparison/comparison.ts';
import type { GateJudgement, GateVerdict } from '../model/gate/gate.ts';
import type { Status } from '../model/judge/outcome.ts';
import { claimSentence } from './claim-sentence.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';
import { lineOfGateVerdict, lineOfVerdict } from './verdict-text.ts';
import type { ShownStatus, VerdictLine } from './verdict-text.ts';

/** What belongs together of all that a result says yes or no to: criteria of a run, claims of a plan, metrics of a comparison. */
export interface ResultSuite {
  readonly name: string;
  readonly cases: readonly VerdictLine[];
  /** The run that they are about. */
  readonly run?: ResultRun;
}

/** All that a result passes or fails, by run, plan or comparison, in the order of the result. */
export function suitesOf(result: Result): readonly ResultSuite[] {
  return [
    ...(result.gate ? gateSuites(result.gate, result.runs) : result.runs.map(runSuite)),
    ...(result.compared ?? []).map(comparedSuite),
    ...(result.ledgers ?? []).map(ledgerSuite),
    ...(result.failures ?? []).map(failureSuite),
  ];
}

/** True for a status that keeps a pipeline from being green. */
export function isShort(status: ShownStatus): boolean {
  return status !== 'PASS' && status !== 'SKIPPED';
}

function runSuite(run: ResultRun): ResultSuite {
  return { name: nameOfRun(run), cases: run.judgement.verdicts.map(lineOfVerdict), run };
}

/** A gate names scenarios and steps; what was run there gives a suite the rest. Runs that it is not about come last. */
export function gateSuites({ gate, verdicts }: GateJudgement, runs: readonly ResultRun[]): ResultSuite[] {
  const groups = Map.groupBy(verdicts, ({ scenario, step }) => `${scenario} ${step}`);
  const isAbout = (run: ResultRun, { scenario, step }: GateVerdict): boolean =>
    run.observation.what.scenario === scenario && run.observation.what.step === step;
  const judged = [...groups.values()].map((group): ResultSuite => {
    const run = runs.find((each) => group.some((verdict) => isAbout(each, verdict)));
    const [first] = group;
    const name = run ? nameOfRun(run) : `${gate}, step ${first?.step ?? 0}, ${first?.scenario ?? ''}`;
    return { name, cases: group.map(lineOfGateVerdict), ...(run && { run }) };
  });
  const rest = runs.filter((run) => !judged.some((suite) => suite.run === run));
  return [...judged, ...rest.map(runSuite)];
}

function nameOfRun({ observation }: ResultRun): string {
  return placeName(observation.what);
}

function placeName({ plan, step, scenario }: Pick<ResultFailure, 'plan' | 'step' | 'scenario'>): string {
  return `${plan}, step ${step}, ${scenario}`;
}

function comparedSuite(compared: ComparedRuns): ResultSuite {
  const { before, after, comparisons } = compared;
  return {
    name: `${placeName(compared)}: ${after.name} against ${before.name}`,
    cases: comparisons.map(comparisonCase),
  };
}

const COMPARED_STATUS: Readonly<Record<Exclude<ComparisonStatus, 'changed'>, Status>> = {
  unchanged: 'PASS',
  'too noisy': 'INCONCLUSIVE',
  'no data': 'NO_DATA',
};

/** A change fails only when it is for the worse; what is shown besides leaves nothing open. */
function comparisonCase({ metric, status, direction, besides, because, runsNeeded }: Comparison): VerdictLine {
  const changed = direction === 'worse' ? 'FAIL' : 'PASS';
  const unchanged = besides && status !== 'unchanged' ? 'SKIPPED' : undefined;
  const help = runsNeeded === undefined ? {} : { help: `${runsNeeded} more runs of each side would tell` };
  return {
    text: metric,
    status: status === 'changed' ? changed : (unchanged ?? COMPARED_STATUS[status]),
    measured: '',
    because,
    ...help,
  };
}

function ledgerSuite({ plan, rows }: Ledger): ResultSuite {
  const cases = rows.map((row): VerdictLine => {
    return { text: row.claim, status: claimStatus(row), measured: '', because: claimSentence(row) };
  });
  return { name: `claims of ${plan}`, cases };
}

/** What the plan already records of a claim is no news, and fails nothing. */
function claimStatus({ verdict, asKnown }: LedgerRow): ShownStatus {
  switch (verdict) {
    case 'holds':
    case 'close':
    case 'contradicted':
      return asKnown ? 'PASS' : 'FAIL';
    case 'invalid':
      return 'INVALID';
    case 'no data':
      return 'NO_DATA';
    case 'inconclusive':
      return 'INCONCLUSIVE';
    case 'not measured':
    case 'not derivable':
      return 'SKIPPED';
  }
}

function failureSuite(failure: ResultFailure): ResultSuite {
  const notRun: VerdictLine = { text: 'it runs', status: 'NOT_RUN', measured: '', because: failure.because };
  return { name: placeName(failure), cases: [notRun] };
}
