import type { Judgement } from '../model/judge/judge.ts';
import { decode } from '../model/observation/histogram.ts';
import type { EncodedHistogram, Observation } from '../model/observation/observation.ts';
import type { RunSetting } from '../model/setting/run-setting.ts';
import { RUN_FORMAT_VERSION, RUN_SCHEMA } from './run-schema.ts';
import { withoutControls } from './without-controls.ts';

/** The result file of a run: what was seen and what was made of it. */
export interface RunJson {
  readonly formatVersion: typeof RUN_FORMAT_VERSION;
  readonly kind: 'run';
  readonly observation: Observation;
  readonly judgement: Judgement;
  /** What it was made on; absent in runs of format 1. */
  readonly setting?: RunSetting;
}

/** Why a text is no result file, and what to do. */
export interface RunJsonProblem {
  /** Lower case, no full stop. */
  readonly problem: string;
  readonly help: string;
}

/** The result file's text, ending with a line end; `formatVersion` first. */
export function writeRunJson(observation: Observation, judgement: Judgement, setting?: RunSetting): string {
  const run: RunJson = {
    formatVersion: RUN_FORMAT_VERSION,
    kind: 'run',
    observation,
    judgement,
    ...(setting && { setting }),
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}

/** Reads a result file. What is foreign, newer, half written or damaged comes back as a problem; nothing is thrown. */
export function readRunJson(text: string): RunJson | RunJsonProblem {
  const read = parseRun(text);
  // A problem quotes the file.
  return isProblem(read) ? { ...read, problem: withoutControls(read.problem) } : read;
}

function parseRun(text: string): RunJson | RunJsonProblem {
  const value = parseJson(text);
  if (isProblem(value)) return value;
  const current = inCurrentFormat(value.parsed);
  const foreign = foreignOrNewer(current);
  if (foreign) return foreign;
  const checked = RUN_SCHEMA.safeParse(current);
  if (!checked.success) return damaged(checked.error.issues);
  return damagedHistogram(checked.data.observation) ?? checked.data;
}

/** The first field that is not as it has to be, and how many more there are. */
export function damaged(issues: readonly FieldProblem[]): RunJsonProblem {
  const [first] = issues;
  const where = first?.path.map(String).join('.') ?? '';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return { problem: `damaged at \`${where}\`: ${first?.message ?? 'unknown'}${more}`, help: 'run the scenario again' };
}

interface FieldProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export function isProblem(value: object): value is RunJsonProblem {
  return 'problem' in value;
}

/** The value of a JSON text, or why there is none. */
export function parseJson(text: string): { readonly parsed: unknown } | RunJsonProblem {
  const help = 'the run was cut off while it was kept; run the scenario again';
  if (text.trim() === '') return { problem: 'the file is empty', help };
  try {
    return { parsed: JSON.parse(text) };
  } catch (error) {
    if (endsInTheMiddle(text)) return { problem: 'the file ends in the middle', help };
    return { problem: `not JSON: ${String(error)}`, help: 'give the result.json of a run' };
  }
}

/** Whether an object has begun that is not closed when the text ends. */
function endsInTheMiddle(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  let open = 0;
  let isString = false;
  for (const [token] of text.matchAll(/\\.|["{}[\]]/gs)) {
    if (token === '"') isString = !isString;
    if (isString || token.length > 1 || token === '"') continue;
    open += token === '{' || token === '[' ? 1 : -1;
    if (open === 0) return false;
  }
  return true;
}

/** Format 2 added what the run was made on, which no earlier run can tell. */
function inCurrentFormat(value: unknown): unknown {
  const isFormat1 =
    typeof value === 'object' && value !== null && 'formatVersion' in value && value.formatVersion === 1;
  return isFormat1 ? { ...value, formatVersion: RUN_FORMAT_VERSION } : value;
}

function foreignOrNewer(value: unknown): RunJsonProblem | undefined {
  const fields: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const { formatVersion, kind } = fields;
  if (kind !== 'run') {
    const found = typeof kind === 'string' ? `it is of kind \`${kind}\`` : 'it names no kind';
    return { problem: `not the result of a run: ${found}`, help: 'give the result.json of a run' };
  }
  return unknownVersion(formatVersion, RUN_FORMAT_VERSION);
}

/** Why a file of a format cannot be read; undefined for the one that is read. */
export function unknownVersion(found: unknown, read: number): RunJsonProblem | undefined {
  if (found === read) return undefined;
  if (typeof found === 'number' && found > read) {
    const problem = `written by a newer shop-plan (format ${found}; this one reads ${read})`;
    return { problem, help: 'update shop-plan' };
  }
  return { problem: `unknown format version \`${String(found)}\``, help: 'run the scenario again' };
}

/** Histograms are text to the schema; whether they hold anything shows only in decoding. */
export function damagedHistogram(observation: Observation, at = 'observation'): RunJsonProblem | undefined {
  const { classes, journeys = [] } = observation;
  for (const [field, all] of Object.entries({ classes, journeys })) {
    for (const [index, each] of all.entries()) {
      for (const name of ['response_us', 'service_us'] as const) {
        const wrong = wrongHistogram(each[name]);
        if (wrong === undefined) continue;
        const problem = `damaged at \`${at}.${field}.${index}.${name}\`: ${wrong}`;
        return { problem, help: 'run the scenario again' };
      }
    }
  }
  return undefined;
}

function wrongHistogram(encoded: EncodedHistogram): string | undefined {
  try {
    decode(encoded);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
