/** One question asked of a run before any criterion is looked at. */
export interface ValidityCheck {
  readonly name: string;
  /** `invalid`: failing it makes every verdict INVALID. `warning`: it is shown beside the verdicts. */
  readonly severity: 'invalid' | 'warning';
  readonly ok: boolean;
  /** What was found, with numbers; lower case. */
  readonly detail: string;
  /** What to do about it; empty when the check passed. */
  readonly help: string;
}

type Severity = ValidityCheck['severity'];

export function passed(name: string, detail: string, severity: Severity = 'invalid'): ValidityCheck {
  return { name, severity, ok: true, detail, help: '' };
}

export function failed(name: string, detail: string, help: string, severity: Severity = 'invalid'): ValidityCheck {
  return { name, severity, ok: false, detail, help };
}
