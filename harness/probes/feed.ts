import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';

/**
 * The rows that the stack's data left for requests to draw from, by column.
 * @throws RunError when the stack's data have no such feed.
 */
export async function readFeed({ stack }: Pick<Site, 'stack'>, file: string): Promise<Record<string, string>[]> {
  const text = await readFile(join(stack.feeds_dir, file), 'utf8').catch((error: unknown) => {
    throw new RunError(`step ${stack.step} has no feed ${file}`, 'choose a step whose data have one', error);
  });
  const [header = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const columns = header.split('\t');
  return lines.map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}
