import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordingTerminal } from '../testing/recording-terminal.ts';
import { ProgressFile } from './progress-file.ts';
import { startOf } from './start.ts';
import { FIXTURE_LIBRARY } from './testing/fixture-library.ts';
import { ScriptedKeyboard } from './testing/scripted-keyboard.ts';
import { walk } from './walk.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shop-plan-walk-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Walked {
  /** First words of all that was shown, in order. */
  readonly shown: readonly string[];
  readonly messages: readonly string[];
  readonly prompts: readonly string[];
  readonly progress: ProgressFile['progress'];
}

async function walked(words: string, ...keys: readonly string[]): Promise<Walked> {
  const { terminal, messages } = recordingTerminal(false);
  const shown: string[] = [];
  const keyboard = new ScriptedKeyboard(...keys);
  const progress = await ProgressFile.open((message) => messages.push(message), join(folder, 'walk.json'));
  const site = {
    terminal: { ...terminal, out: (text: string) => void shown.push(text) },
    signal: new AbortController().signal,
    keyboard,
    library: FIXTURE_LIBRARY,
    progress,
    plain: false,
    width: 80,
  };
  await walk(site, startOf(FIXTURE_LIBRARY, words.split(' ').filter(Boolean), progress.progress));
  return { shown, messages, prompts: keyboard.prompts, progress: progress.progress };
}

describe('a walk', () => {
  it('opens page after page, and then the next lesson', async () => {
    const { shown, progress } = await walked('', 'n', 'n', 'n', 'n', 'b', 'q', 'n');
    const last = shown.map((text) => text.trimEnd().split('\n').at(-1));
    expect(last).toEqual([
      'have of amazon-shop/1',
      'breaks of amazon-shop/1',
      'next of amazon-shop/1',
      'end of amazon-shop/1',
      'have of amazon-shop/2',
    ]);
    expect(progress.lessons['amazon-shop/1']).toEqual({ seen: ['have', 'breaks', 'next', 'end'], done: true });
    expect(progress.at).toEqual({ lesson: 'amazon-shop/2', page: 'have' });
  });

  it('says where it is, in words', async () => {
    const { shown } = await walked('2');
    expect(shown[0]).toContain('The amazon-shop, lesson 2: Lesson 2 of amazon-shop\nPage 1 of 4: page have\n');
  });

  it('goes on where the learner left, and says so', async () => {
    await walked('', 'n', 'n', 'q');
    const { shown, messages } = await walked('', 'q');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain('next of amazon-shop/1');
    expect(messages).toEqual([expect.stringContaining('You left here')]);
  });

  it('counts a lesson as done at its last page, and as begun before', async () => {
    expect((await walked('', 'n', 'q')).progress.lessons['amazon-shop/1']?.done).toBe(false);
    expect((await walked('', 'n', 'q')).progress.lessons['amazon-shop/1']?.done).toBe(true);
  });

  it('begins a course at the first lesson that is not done', async () => {
    await walked('1', 'n', 'n', 'q');
    await walked('url-shortener', 'q');
    expect((await walked('amazon-shop', 'q')).progress.at?.lesson).toBe('amazon-shop/2');
  });

  it('gives a hint where a question stands open, and nowhere else', async () => {
    const { shown, messages } = await walked('', 'h', 'n', 'h', 'n', 'h');
    expect(shown[1]).toContain('Think of the question');
    expect(messages).toEqual(['On this page there is no hint; press n, b, l, ? or q.']);
    expect(shown.at(-1)).toContain('Think of the next question');
  });

  it('lists the lessons and opens the one that is chosen', async () => {
    const { shown, messages, progress } = await walked('', 'n', 'l', 'nonsense', '9', 'url-shortener 1', 'q');
    expect(shown[2]).toMatch(/1 {2}Lesson 1 of amazon-shop {2}2 pages read, you are here\n/);
    expect(messages).toHaveLength(2);
    expect(progress.at).toEqual({ lesson: 'url-shortener/1', page: 'have' });
  });

  it('stays when nothing is chosen from the list', async () => {
    expect((await walked('', 'n', 'l', '', 'n', 'q')).progress.at?.page).toBe('next');
  });

  it('moves for no other key', async () => {
    const { shown, messages } = await walked('', 'enter', 'space', 'up', 'x', 'b', 'paste');
    expect([shown.length, messages.length]).toEqual([1, 6]);
  });

  it('takes a number for an answer where one is asked for', async () => {
    const { shown, prompts, messages } = await walked('2', '~7k requests/s', 'q');
    expect(shown[1]).toContain('You say 7,000 req/s. Right, and close.');
    expect(prompts[1]).toBe('Your estimate in req/s, or Enter to leave it open: ');
    expect(messages).toEqual([]);
  });

  it('takes no other text for keys', async () => {
    const { shown, messages, prompts } = await walked('1', '7000 requests', 'quickly', 'q', 'n');
    expect([shown.length, messages.length, prompts.length]).toEqual([1, 2, 3]);
    expect(prompts[0]).toContain('a show answer');
  });

  it('ends behind the last page of all', async () => {
    const { messages, prompts } = await walked('url-shortener', 'n', 'n', 'n', 'n', 'q');
    expect(messages).toEqual(['This is the last page of all; press b, l, ? or q.']);
    expect(prompts.at(-1)).toBe('b back, l list, ? keys, q quit: ');
  });
});
