import { appendFile } from 'node:fs/promises';
import { githubAnnotations } from '../reports/github-annotations.ts';
import { resultMarkdown } from '../reports/result-markdown.ts';
import type { Result } from '../reports/result.ts';
import type { Terminal } from './terminal.ts';

export function isOnGithub(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/**
 * For GitHub Actions: annotations on standard error, which its runner reads as well and which leaves standard output to the result, and the
 * report in the job's summary. A summary that cannot be written is said and changes no verdict.
 */
export async function tellGithub(
  result: Result,
  terminal: Terminal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  terminal.err(githubAnnotations(result));
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary === '') return;
  try {
    await appendFile(summary, `${resultMarkdown(result)}\n`);
  } catch (error) {
    terminal.message(`the job summary could not be written: ${String(error)}`);
  }
}
