import { z } from 'zod';
import { readJsonLines } from '../json-lines.ts';
import type { Checked } from './gate-check.ts';

/** What one check came to. */
export type Round = z.infer<typeof roundShape>;

const roundShape = z.object({
  condition: z.string(),
  seed: z.number(),
  outcome: z.string(),
  exit_code: z.number(),
  took_s: z.number(),
  /** Criteria that failed, as they are written. */
  failed: z.array(z.string()),
  /** Criteria that were neither passed nor failed. */
  open: z.array(z.string()),
  /** The highest weight first. */
  suspects: z.array(z.object({ tier: z.string(), weight: z.number(), because: z.array(z.string()) })),
});

export function roundOf(
  condition: string,
  seed: number,
  { outcome, exit_code, took_s, gate, suspects }: Checked,
): Round {
  const texts = (wanted: (status: string) => boolean): string[] =>
    gate.verdicts.filter(({ status }) => wanted(status)).map(({ text }) => text);
  const open = texts((status) => status !== 'FAIL' && status !== 'PASS');
  return { condition, seed, outcome, exit_code, took_s, failed: texts((status) => status === 'FAIL'), open, suspects };
}

/** Rounds of an earlier call that were kept in this file; none when there is none. */
export function readRounds(file: string): Round[] {
  return readJsonLines(file, roundShape);
}
