import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { LineKeyboard } from './line-keyboard.ts';

function piped(echo = true): {
  keyboard: LineKeyboard;
  input: PassThrough;
  stop: AbortController;
  shown: () => string;
} {
  const input = new PassThrough();
  const stop = new AbortController();
  let shown = '';
  const write = (text: string): void => void (shown += text);
  const keyboard = new LineKeyboard({ input, write, echo, signal: stop.signal });
  return { keyboard, input, stop, shown: () => shown };
}

test('every line is an answer, and a prompt stands before it', async () => {
  const { keyboard, input, shown } = piped();
  input.end('N\n\n 7k req/s \r\nlast');
  expect(await keyboard.key('key: ')).toBe('n');
  expect(await keyboard.key('key: ')).toBe('enter');
  expect(await keyboard.line('line: ')).toBe(' 7k req/s ');
  expect(await keyboard.line('line: ')).toBe('last');
  expect(await keyboard.key('key: ')).toBeNull();
  expect(await keyboard.line('line: ')).toBeNull();
  expect(shown()).toBe('key: N\nkey: \nline:  7k req/s \nline: last\nkey: \nline: \n');
});

test('an interrupt ends what is waited for, and everything after it', async () => {
  const { keyboard, input, stop } = piped();
  const asked = keyboard.key('key: ');
  stop.abort();
  expect(await asked).toBeNull();
  input.end('n\n');
  expect(await keyboard.key('key: ')).toBeNull();
});

test('a broken input is an end', async () => {
  const { keyboard, input } = piped();
  const asked = keyboard.key('key: ');
  input.destroy(new Error('read EIO'));
  expect(await asked).toBeNull();
  expect(await keyboard.line('line: ')).toBeNull();
});

test('what is shown again is short and steers no terminal', async () => {
  const { keyboard, input, shown } = piped();
  input.end(`\u001B[2J${'x'.repeat(1_000_000)}\n`);
  expect(await keyboard.line('')).toHaveLength(1_000_004);
  expect(shown()).toBe(`·[2J${'x'.repeat(55)}…\n`);
});

test('a text that begins an answer is one already', async () => {
  const { keyboard, input, shown } = piped();
  input.end('7M users\nn\n');
  const begun = (await keyboard.key('key: ')) ?? '';
  expect(await keyboard.line('line: ', begun)).toBe('7M users');
  expect(await keyboard.key('key: ')).toBe('n');
  expect(shown()).toBe('key: 7M users\nline: 7M users\nkey: n\n');
});
