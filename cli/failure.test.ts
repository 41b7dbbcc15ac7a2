import { expect, it } from 'vitest';
import { UsageError } from '../api/usage-error.ts';
import { EXIT } from './exit-code.ts';
import { explainFailure } from './failure.ts';
import { recordingTerminal } from './testing/recording-terminal.ts';

const HELP = `lessons: ${Array.from({ length: 40 }, (_, index) => `amazon-shop ${index}`).join(', ')}`;

async function explained(isLive: boolean): Promise<readonly string[]> {
  let text = '';
  const terminal = { ...recordingTerminal(isLive).terminal, err: (more: string) => void (text += more) };
  expect(await explainFailure(new UsageError('no lesson is called `99`', HELP), terminal)).toBe(EXIT.usage);
  return text.trimEnd().split('\n');
}

it('breaks long lines at words on a terminal', async () => {
  const lines = await explained(true);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(`error: no lesson is called \`99\` = help: ${HELP}`);
});

it('keeps them whole for programs', async () => {
  expect(await explained(false)).toEqual(['error: no lesson is called `99`', `  = help: ${HELP}`]);
});
