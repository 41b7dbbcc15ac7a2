import { isOwn } from './template.ts';
import type { Feed } from './workload.ts';

/** Everything wrong with one feed, a line each. */
export function feedProblems(name: string, feed: Feed): string[] {
  const problems: string[] = [];
  const where = `feed \`${name}\``;
  if (/[.:{}]/.test(name) || name === '') problems.push(`${where} needs a name without . : { }`);
  if (isOwn(name)) problems.push(`${where} needs another name: \`\${${name}.…}\` is no feed`);
  if (feed.rows.length === 0) problems.push(`${where} has no rows`);
  const wrong = feed.rows.findIndex((row) => row.length !== feed.columns.length);
  if (wrong >= 0) {
    problems.push(
      `${where} has ${feed.columns.length} columns, but row ${wrong + 1} has ${feed.rows[wrong]?.length} cells`,
    );
  }
  if (feed.pick === 'zipf' && !(feed.exponent !== undefined && feed.exponent >= 0 && feed.exponent <= 10)) {
    problems.push(`${where} is picked by zipf and needs an exponent of 0 to 10`);
  }
  return problems;
}
