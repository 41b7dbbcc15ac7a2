import { ENGINES } from '../engines/index.ts';
import { SIMULATOR_CLAIMS } from '../model/judge/claims.ts';
import type { ExecutorClaims } from '../model/judge/claims.ts';
import { judge as judgeOne } from '../model/judge/judge.ts';
import type { Judgement } from '../model/judge/judge.ts';
import type { What } from '../model/observation/observation.ts';
import { judgeReplications } from '../model/simulator/statistics/judge-replications.ts';
import { readCriteria } from './criteria.ts';
import type { Run } from './run.ts';
import { UsageError } from './usage-error.ts';

/**
 * Holds a run against criteria, each a text such as `p95(checkout) < 2 s`. What cannot be judged is INVALID, NO_DATA or
 * INCONCLUSIVE, never PASS; without a criterion a valid run is NOT_JUDGED.
 * @throws InputError with every text that is no criterion.
 */
export function judge({ replications, observation, plan, setting }: Run, criteria: readonly string[]): Judgement {
  const [read, claims] = [readCriteria(criteria, plan?.units), claimsOf(observation.what)];
  if (replications.length > 1) return judgeReplications(replications, read, claims);
  return judgeOne(observation, read, claims, setting);
}

/** What the figures of whatever drove a run can be trusted for. */
function claimsOf({ executor, engine }: What): ExecutorClaims {
  if (executor === 'simulator') return SIMULATOR_CLAIMS;
  const found = ENGINES.get(engine);
  if (found) return found.claims;
  throw new UsageError(`there is no engine \`${engine}\``, `engines: ${[...ENGINES.keys()].join(', ')}`);
}
