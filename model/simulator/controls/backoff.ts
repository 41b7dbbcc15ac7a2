import type { CallPolicy } from '../system.ts';
import type { Stream } from '../variates/stream.ts';

/**
 * How long a caller waits after its `failedAttempts`-th attempt, from 1: backoff_s × multiplier^(failedAttempts - 1), at
 * most `backoffMax_s`; with full jitter uniform between 0 and that.
 * Literature: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015.
 */
export function backoff_s(policy: CallPolicy, failedAttempts: number, stream: Stream): number {
  let wait_s = policy.backoff_s;
  // Multiplied out, because powers are not rounded alike everywhere.
  for (let i = 1; i < failedAttempts && wait_s < policy.backoffMax_s; i++) wait_s *= policy.multiplier;
  wait_s = Math.min(wait_s, policy.backoffMax_s);
  return policy.jitter ? wait_s * stream.uniform() : wait_s;
}
