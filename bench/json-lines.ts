import { appendFileSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/** What earlier calls have kept in a file, a line each; nothing when there is none. */
export function readJsonLines<T>(file: string, shape: z.ZodType<T>): T[] {
  const lines = readText(file)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => shape.parse(JSON.parse(line)));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Adds to what the file holds, so that a bench can be stopped and gone on with. */
export function keepJsonLines(file: string, values: readonly object[]): void {
  appendFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
