import { emitKeypressEvents } from 'node:readline';
import type { Key } from 'node:readline';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { beginsNumber, keyName, keyOf } from './key-name.ts';

/** What a terminal sends, as it is read key by key. */
function namesOf(sent: string): string[] {
  const input = new PassThrough();
  const names: string[] = [];
  emitKeypressEvents(input);
  input.on('keypress', (text: string | undefined, key: Key) => names.push(keyName(text, key)));
  input.emit('data', Buffer.from(sent));
  return names;
}

it.each([
  ['n', ['n']],
  ['N', ['n']],
  ['?', ['?']],
  ['ü', ['ü']],
  ['\r', ['enter']],
  ['\n', ['enter']],
  [' ', ['space']],
  ['\t', ['tab']],
  ['\u007F', ['backspace']],
  ['\u0001', ['control-a']],
  ['\u001B[A', ['up']],
  ['\u001BOB', ['down']],
  ['\u001B[5~', ['pageup']],
  ['\u001B[1;5C', ['control-right']],
  ['\u001Bq', ['alt-q']],
  ['\u001BOP', ['f1']],
  ['\u001B[201~', ['pasted text']],
  ['n\u001B[Dh', ['n', 'left', 'h']],
])('%j is read as %j', (sent, names) => expect(namesOf(sent)).toEqual(names));

it.each([
  [' N ', 'n'],
  ['Quit', 'quit'],
  ['7M Users', '7M Users'],
  ['', ''],
])('the text %j is the key %j', (typed, key) => expect(keyOf(typed)).toBe(key));

it.each(['7', '7k req/s', '~ 7', '≈7e3', '.5 ms'])('%j begins a number', (text) => {
  expect(beginsNumber(text)).toBe(true);
});
it.each(['', 'n', 'p95', '~', '.', '-', 'enter'])('%j begins none', (text) => expect(beginsNumber(text)).toBe(false));
