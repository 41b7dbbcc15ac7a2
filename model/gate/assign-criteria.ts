import { nearest } from '../document/nearest.ts';
import type { Gate, GateCriterion } from './gate.ts';
import { whyNever } from './why-never.ts';
import type { Never, ToRun } from './why-never.ts';

/** Which criteria each scenario is held to. */
export interface Assignment {
  /** By name of the scenario, in the order of the gate. */
  readonly criteria: ReadonlyMap<string, readonly GateCriterion[]>;
  /** Criteria that nothing that is run can ever measure. */
  readonly never: readonly NeverMeasured[];
  /** Scenarios that no criterion is about. */
  readonly ungated: readonly string[];
}

export interface NeverMeasured {
  readonly criterion: GateCriterion;
  readonly never: Never;
}

/**
 * Gives each criterion to the scenario that it names, or else to every one that can measure it. A criterion that none can measure, and a
 * scenario that no criterion is about, are mistakes of whoever wrote the gate: neither may look like a pass.
 */
export function assignCriteria(gate: Pick<Gate, 'criteria'>, runs: readonly ToRun[]): Assignment {
  const criteria = new Map<string, GateCriterion[]>(runs.map(({ scenario }) => [scenario.name, []]));
  const never: NeverMeasured[] = [];
  for (const criterion of gate.criteria) {
    const meant = runs.filter(
      ({ scenario }) => criterion.scenario === undefined || scenario.name === criterion.scenario,
    );
    const [first] = meant;
    if (!first) {
      never.push({ criterion, never: notRun(criterion.scenario ?? '', runs) });
      continue;
    }
    const measuring = meant.filter((run) => !whyNever(criterion.criterion, run));
    for (const { scenario } of measuring) criteria.get(scenario.name)?.push(criterion);
    const why = measuring.length === 0 ? whyNever(criterion.criterion, first) : undefined;
    if (why) never.push({ criterion, never: why });
  }
  const ungated = [...criteria].filter(([, given]) => given.length === 0).map(([name]) => name);
  return { criteria, never, ungated };
}

function notRun(name: string, runs: readonly ToRun[]): Never {
  const names = runs.map(({ scenario }) => scenario.name);
  const near = nearest(name, names);
  const help = near ? `did you mean \`${near}\`?` : `scenarios that are run: ${names.join(', ') || 'none'}`;
  return { problem: 'UNKNOWN_NAME', name, message: `scenario \`${name}\` is not run`, help };
}
