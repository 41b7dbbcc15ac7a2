/** Why a text is no criterion. Offset and length are characters of that text. */
export interface CriterionProblem {
  readonly problem: 'CRITERION';
  /** Lower case, names in backticks, no full stop. */
  readonly message: string;
  readonly help?: string;
  readonly offset: number;
  readonly length: number;
}

export function criterionProblem(message: string, offset: number, length: number, help?: string): CriterionProblem {
  return { problem: 'CRITERION', message, ...(help ? { help } : {}), offset, length: Math.max(1, length) };
}

export function isCriterionProblem(value: object): value is CriterionProblem {
  return 'problem' in value;
}
