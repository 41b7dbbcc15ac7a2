import { randomBytes } from 'node:crypto';

const PREFIX_LENGTH = 10;
const COUNTER_LENGTH = 7;

/** Ids that no other run and no other process gives: 18 characters, 51 random bits in base 36, `-`, and a counter. */
export function requestIds(prefix = randomPrefix()): () => string {
  let next = 0;
  return () => `${prefix}-${(next++).toString(36).padStart(COUNTER_LENGTH, '0')}`;
}

/** Ten characters that hardly any other run has. */
export function randomPrefix(): string {
  const random = BigInt(`0x${randomBytes(8).toString('hex')}`);
  return random.toString(36).padStart(PREFIX_LENGTH, '0').slice(-PREFIX_LENGTH);
}
