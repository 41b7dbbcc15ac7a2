import type { ClaimVerdict, Ledger } from '../model/claims/ledger.ts';
import { LEDGER_FORMAT_VERSION } from '../model/claims/ledger.ts';
import { comparedOutcome } from '../model/comparison/outcome.ts';
import type { ComparedOutcome } from '../model/comparison/outcome.ts';
import { worstOf } from '../model/judge/outcome.ts';
import type { Outcome, Status } from '../model/judge/outcome.ts';
import { COMPARISON_FILE, COMPARISON_FORMAT_VERSION } from './comparison-schema.ts';
import type { Result, ResultFailure } from './result.ts';
import { RESULT, RESULT_FORMAT_VERSION } from './result-schema.ts';
import { damaged, damagedHistogram, isProblem, parseJson, readRunJson, unknownVersion } from './run-json.ts';
import type { RunJson, RunJsonProblem } from './run-json.ts';
import { withoutControls } from './without-controls.ts';
import { LEDGER, VERIFICATION, VERIFICATION_FORMAT_VERSION } from './verification-schema.ts';

/**
 * Reads any result that a command has written: of a run (whose folder is `run`), a check, a verification, a ledger, a comparison. What is foreign, newer,
 * half written or damaged comes back as a problem that names the field; nothing is thrown.
 */
export function readResult(text: string, run?: string): Result | RunJsonProblem {
  const parsed = parseJson(text);
  const read = isProblem(parsed) ? parsed : readParsed(parsed.parsed, text, run);
  return isProblem(read) ? { ...read, problem: withoutControls(read.problem) } : read;
}

function readParsed(value: unknown, text: string, run: string | undefined): Result | RunJsonProblem {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  switch (kind) {
    case 'run': {
      const read = readRunJson(text);
      return isProblem(read) ? read : resultOfRun(read, run);
    }
    case 'check':
      return readCheck(value);
    case 'verification':
      return readVerification(value);
    case 'ledger':
      return readLedger(value);
    case 'comparison':
      return readComparison(value);
    default: {
      const found = typeof kind === 'string' ? `it is of kind \`${kind}\`` : 'it names no kind';
      const help = 'give the result.json of a run or a check, or what `verify` or `compare` write with `--json`';
      return { problem: `not a result: ${found}`, help };
    }
  }
}

/** The result of one run, as it was kept. */
export function resultOfRun(
  { observation, judgement, setting }: Omit<RunJson, 'kind' | 'formatVersion'>,
  run?: string,
): Result {
  const { plan, step, scenario } = observation.what;
  const kept = { ...(run !== undefined && { run }), observation, judgement, ...(setting && { setting }) };
  return { title: `run of ${plan}, step ${step}, ${scenario}`, outcome: judgement.outcome, runs: [kept] };
}

function readCheck(value: unknown): Result | RunJsonProblem {
  const newer = unknownVersion(versionOf(value), RESULT_FORMAT_VERSION);
  if (newer) return newer;
  const checked = RESULT.safeParse(value);
  if (!checked.success) return damaged(checked.error.issues);
  const { formatVersion: _version, kind: _kind, ...result } = checked.data;
  for (const [index, { observation }] of result.runs.entries()) {
    const wrong = damagedHistogram(observation, `runs.${index}.observation`);
    if (wrong) return wrong;
  }
  return result;
}

function readVerification(value: unknown): Result | RunJsonProblem {
  const newer = unknownVersion(versionOf(value), VERIFICATION_FORMAT_VERSION);
  if (newer) return newer;
  const checked = VERIFICATION.safeParse(value);
  if (!checked.success) return damaged(checked.error.issues);
  const { ledgers, runs, failures } = checked.data;
  return resultOfLedgers(
    ledgers,
    failures,
    runs.map(({ judgement }) => judgement.outcome),
  );
}

function readLedger(value: unknown): Result | RunJsonProblem {
  const newer = unknownVersion(versionOf(value), LEDGER_FORMAT_VERSION);
  if (newer) return newer;
  const checked = LEDGER.safeParse(value);
  return checked.success ? resultOfLedgers([checked.data]) : damaged(checked.error.issues);
}

const COMPARED: Readonly<Record<ComparedOutcome, Outcome>> = { worse: 'FAIL', unsure: 'INCONCLUSIVE', fine: 'PASS' };

function readComparison(value: unknown): Result | RunJsonProblem {
  const newer = unknownVersion(versionOf(value), COMPARISON_FORMAT_VERSION);
  if (newer) return newer;
  const checked = COMPARISON_FILE.safeParse(value);
  if (!checked.success) return damaged(checked.error.issues);
  const compared = checked.data.kind === 'comparison' ? checked.data.compared : [];
  const places = new Set(compared.map(({ plan, step, scenario }) => `${plan}, step ${step}, ${scenario}`));
  const title = `comparison of ${[...places].join('; ')}`;
  return { title, outcome: COMPARED[comparedOutcome(compared)], runs: [], compared };
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : undefined;
}

const UNANSWERED: Readonly<Partial<Record<ClaimVerdict, Status>>> = {
  invalid: 'INVALID',
  'no data': 'NO_DATA',
  inconclusive: 'INCONCLUSIVE',
};

/** What ledgers come to, with what could not be run for them and how the runs were judged: claims worse than the plans record fail. */
export function resultOfLedgers(
  ledgers: readonly Ledger[],
  failures: readonly ResultFailure[] = [],
  runs: readonly Outcome[] = [],
): Result {
  const rows = ledgers.flatMap((ledger) => ledger.rows);
  const claims = rows.map(({ asKnown, verdict }): Status => (asKnown ? (UNANSWERED[verdict] ?? 'PASS') : 'FAIL'));
  const judged = runs.flatMap((outcome): Status[] => (outcome === 'NOT_JUDGED' ? [] : [outcome]));
  const notRun = failures.map((): Status => 'NO_DATA');
  const title = `claims of ${ledgers.map(({ plan }) => plan).join(', ')}`;
  return { title, outcome: worstOf([...claims, ...judged, ...notRun]), runs: [], ledgers, failures };
}
