import { createHmac, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SYMBOLS = ALPHABET.length;

/**
 * Symbols of a code. There are 62^8 = 2.2e14 of them: with a billion URLs, one guess in 218,000 names one, and one create in as
 * many draws a code that is taken and draws again.
 */
export const CODE_LENGTH = 8;
/** How many codes there are: few enough to be numbered exactly. */
export const CODES = SYMBOLS ** CODE_LENGTH;

/** Bytes a code is made of: so many more than it has that taking the remainder favours no code by more than 2^-80. */
const CODE_BYTES = 16;

/** A code that nobody can foresee, whatever codes they have seen: from the system's source of random numbers, not a counter. */
export function drawCode(): string {
  return fromBytes(randomBytes(CODE_BYTES));
}

/**
 * The code that an idempotency key stands for, so that repeats of a request meet in the same row. Foreseeable only for who
 * knows the secret. `attempt` counts the codes of this key that were taken.
 */
export function codeOfKey(secret: string, key: string, attempt: number): string {
  return fromBytes(createHmac('sha256', secret).update(`code ${attempt} ${key}`).digest().subarray(0, CODE_BYTES));
}

/** The code with a number from 0 to `CODES` - 1. */
export function codeOfNumber(number: number): string {
  let code = '';
  for (let rest = number; code.length < CODE_LENGTH; rest = Math.floor(rest / SYMBOLS)) {
    code = ALPHABET.charAt(rest % SYMBOLS) + code;
  }
  return code;
}

function fromBytes(bytes: Buffer): string {
  return codeOfNumber(Number(BigInt(`0x${bytes.toString('hex')}`) % BigInt(CODES)));
}
