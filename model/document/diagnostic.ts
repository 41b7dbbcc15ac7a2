/** The closed set of problems an input file can have. Each is documented, with an example, in docs/errors.md. */
export const PROBLEMS = [
  'SYNTAX',
  'UNKNOWN_KEY',
  'MISSING_KEY',
  'TYPE',
  'DUPLICATE',
  'FORMULA',
  'UNIT',
  'DIMENSION',
  'UNKNOWN_NAME',
  'UNKNOWN_CHOICE',
  'CYCLE',
  'RANGE',
  'UPSIDE_DOWN',
  'NEGATIVE',
  'NOT_FINITE',
  'UNSTABLE',
  'UNREACHABLE',
  'SHARES',
  'CRITERION',
  'BARE_NUMBER',
  'GOAL',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** What kind of file a problem is in; the first half of its code, as in `PLAN_UNKNOWN_KEY`. */
export const FAMILIES = ['PLAN', 'SCENARIO', 'PRICES', 'SET', 'GOAL', 'GATE', 'LESSON'] as const;
export type Family = (typeof FAMILIES)[number];
export type DiagnosticCode = `${Family}_${Problem}`;

/** A place in the file: 1-based line and column, and how many characters to underline. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** One problem of an input file, as data; `reports/` draws it with line and caret. */
export interface Diagnostic extends Place {
  readonly code: DiagnosticCode;
  readonly severity: 'error';
  readonly path: string;
  /** Lower case, names in backticks, no full stop. */
  readonly message: string;
  /** Short text beside the caret: usually what to write instead. */
  readonly help?: string;
  /** A second place that explains the first. */
  readonly related?: Place & { readonly label: string };
}

/** Thrown by readers of input files: every problem found, in file order. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
  readonly diagnostics: readonly Diagnostic[];
  readonly source: string;
  constructor(diagnostics: readonly Diagnostic[], source: string) {
    super(`${diagnostics.length} ${diagnostics.length === 1 ? 'error' : 'errors'}`);
    this.diagnostics = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
    this.source = source;
  }
}
