import { InvalidInput } from '../document/diagnostic.ts';
import type { Problem } from '../document/diagnostic.ts';

/** What a problem is in: the goal, or the option of the command line whose text is wrong. */
export type GoalInput = 'goal' | '--for' | '--between' | '--load';

export interface GoalProblem {
  readonly problem: Problem;
  readonly message: string;
  readonly help?: string;
  /** Where in the text, in characters. */
  readonly offset: number;
  readonly length: number;
}

/** Refuses a goal, or what came with it, as a diagnostic with its text as source. */
export function refuse(path: GoalInput, source: string, found: GoalProblem): never {
  const { problem, message, help, offset, length } = found;
  const code = `GOAL_${problem}` as const;
  const place = { line: 1, column: offset + 1, length: Math.max(1, length) };
  const diagnostic = {
    code,
    severity: 'error',
    path,
    ...place,
    message,
    ...(help === undefined ? {} : { help }),
  } as const;
  throw new InvalidInput([diagnostic], source);
}
