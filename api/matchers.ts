import { expect } from 'vitest';
import type { Judgement } from '../model/judge/judge.ts';
import type { Outcome } from '../model/judge/outcome.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './judge.ts';
import type { Run } from './run.ts';
import { UsageError } from './usage-error.ts';

declare module 'vitest' {
  interface Matchers<
    // As vitest declares it.
    R extends void | Promise<void> = void | Promise<void>,
    // oxlint-disable-next-line no-unused-vars -- interfaces merge only with the same type parameters
    T = unknown,
  > {
    /**
     * The run passes a criterion, such as `p95(checkout) < 2 s in peak`. With `not` it fails it, provably: what cannot be judged meets neither.
     */
    toMeet(criterion: string): R;
    /** The run passes all these criteria; without any, all that its scenario expects, or the plan's `slo`. With `not` it fails one, provably. */
    toMeetAll(criteria?: readonly string[]): R;
    /** The run can be judged: it is complete, its generator kept up, no request is unaccounted for. */
    toBeValid(): R;
    /** Every write that was acknowledged was found afterwards. The scenario has to say `checks: [writes]`, else nobody has looked. */
    toHaveLostNothing(): R;
  }
}

interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

interface Situation {
  readonly isNot: boolean;
}

expect.extend({
  toMeet(this: Situation, received: unknown, criterion: string): Matched {
    return meeting(this, 'toMeet', received, [criterion]);
  },
  toMeetAll(this: Situation, received: unknown, criteria?: readonly string[]): Matched {
    return meeting(this, 'toMeetAll', received, criteria);
  },
  toBeValid(this: Situation, received: unknown): Matched {
    const run = asRun(received, 'toBeValid');
    const judgement = judge(run, []);
    const said = this.isNot ? 'the run is valid' : 'the run is not valid';
    return { pass: judgement.outcome !== 'INVALID', message: () => `${said}\n\n${evidenceOf(run, judgement)}` };
  },
  toHaveLostNothing(this: Situation, received: unknown): Matched {
    return lostNothing(this, asRun(received, 'toHaveLostNothing'));
  },
});

function meeting({ isNot }: Situation, matcher: string, received: unknown, criteria?: readonly string[]): Matched {
  const run = asRun(received, matcher);
  const judgement = criteria === undefined ? run.judgement : judge(run, criteria);
  if (judgement.verdicts.length === 0) {
    throw new UsageError(
      `\`${matcher}\` has nothing to hold the run against`,
      'name a criterion, or let the scenario `expect` some',
    );
  }
  const { outcome } = judgement;
  // Undecided is neither: `not` would turn a refusal into a pass.
  const pass = outcome === 'PASS' || (outcome !== 'FAIL' && isNot);
  return { pass, message: () => `${headOf(judgement, isNot)}\n\n${evidenceOf(run, judgement)}` };
}

const UNDECIDED: Readonly<Record<Exclude<Outcome, 'PASS' | 'FAIL'>, string>> = {
  INVALID: 'the run is INVALID: it cannot carry the criterion either way',
  NO_DATA: 'there is NO DATA for the criterion',
  INCONCLUSIVE: 'the run is INCONCLUSIVE: it has too few samples to tell',
  NOT_JUDGED: 'nothing was judged',
};

function headOf({ outcome, verdicts }: Judgement, isNot: boolean): string {
  if (outcome === 'PASS' || outcome === 'FAIL') {
    const texts = verdicts.filter(({ status }) => status === outcome).map(({ criterion }) => `\`${criterion.text}\``);
    return isNot
      ? `expected the run to fail, but it meets ${texts.join(' and ')}`
      : `the run does not meet ${texts.join(' and ')}`;
  }
  return UNDECIDED[outcome];
}

function lostNothing({ isNot }: Situation, run: Run): Matched {
  const { observation } = run;
  const { writes } = observation;
  const evidence = (): string => evidenceOf(run, judge(run, []));
  if (!writes) {
    const how =
      observation.what.executor === 'simulator'
        ? 'a simulation writes nothing'
        : 'let the scenario say `checks: [writes]`';
    return { pass: isNot, message: () => `nobody has looked for the writes of this run: ${how}` };
  }
  if (!observation.complete || writes.unread > 0) {
    return { pass: isNot, message: () => `not all writes could be read back, so losses are unknown\n\n${evidence()}` };
  }
  const said = isNot
    ? 'no write was lost'
    : `${writes.lost} acknowledged ${writes.lost === 1 ? 'write was' : 'writes were'} lost`;
  return { pass: writes.lost === 0, message: () => `${said}\n\n${evidence()}` };
}

function asRun(received: unknown, matcher: string): Run {
  if (typeof received === 'object' && received !== null && 'replications' in received && 'judgement' in received) {
    // Nothing else has both.
    return received as Run;
  }
  throw new UsageError(
    `\`${matcher}\` wants a run`,
    'give what `drive`, `run`, `simulate` or `readRun` returned, awaited',
  );
}
