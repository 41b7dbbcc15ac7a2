import type { Node, Source } from '../document/source.ts';
import { isCriterionProblem, parseCriterion } from '../judge/criterion.ts';
import type { Plan } from '../plan/plan.ts';
import type { Instruments } from './instrument.ts';
import type { Scenario } from './scenario.ts';
import { unmadeMeasures } from './unmade-measures.ts';

/** Reports request classes and counters in `expect` that nothing in the scenario makes. */
export function checkMeasures(
  source: Source,
  expect: Node,
  scenario: Pick<Scenario, 'phases' | 'watches' | 'checks' | 'journeys'>,
  known: { readonly plan: Plan; readonly instruments: Instruments },
): void {
  for (const item of expect === undefined ? [] : source.items(expect, '`expect`')) {
    const text = source.text_of(item, 'a criterion');
    const criterion = text === undefined ? undefined : parseCriterion(text);
    if (text === undefined || criterion === undefined || isCriterionProblem(criterion)) continue;
    for (const { name, message, help } of unmadeMeasures(criterion.metric, scenario, known)) {
      const within = { offset: Math.max(0, text.indexOf(name)), length: name.length };
      source.report('UNKNOWN_NAME', item, message, { help, within });
    }
  }
}
