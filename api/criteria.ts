import { InvalidInput } from '../model/document/diagnostic.ts';
import type { Diagnostic } from '../model/document/diagnostic.ts';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import type { Criterion } from '../model/judge/criterion.ts';
import type { UnitTable } from '../model/units/unit.ts';
import { InputError } from './input-error.ts';

/**
 * Criteria from their texts, such as `p95(checkout) < 2 s in peak`. `units` adds what a plan counts.
 * @throws InputError with every one that is none.
 */
export function readCriteria(texts: readonly string[], units?: UnitTable): Criterion[] {
  const problems: Diagnostic[] = [];
  const criteria = texts.flatMap((text, index) => {
    const read = parseCriterion(text, units);
    if (!isCriterionProblem(read)) return read;
    const { message, help, offset, length } = read;
    const place = { path: 'criteria', line: index + 1, column: offset + 1, length };
    problems.push({
      code: 'SCENARIO_CRITERION',
      severity: 'error',
      ...place,
      message,
      ...(help !== undefined && { help }),
    });
    return [];
  });
  if (problems.length > 0) throw new InputError(new InvalidInput(problems, texts.join('\n')));
  return criteria;
}
