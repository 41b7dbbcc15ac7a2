import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLeftBehind, unfinishedName } from './unfinished.ts';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shop-plan-whole-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a file takes the place of the one before, and nothing lies beside it', () => {
  const file = join(folder, 'a.json');
  writeWhole(file, 'first');
  writeWhole(file, 'second', { mode: 0o600 });
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('a file that is not to be replaced stays', () => {
  const file = join(folder, 'a.json');
  writeWhole(file, 'first', { replace: false });
  expect(() => writeWhole(file, 'second', { replace: false })).toThrow('EEXIST');
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('what cannot be put in its place leaves nothing beside it', () => {
  mkdirSync(join(folder, 'a.json/inside'), { recursive: true });
  expect(() => writeWhole(join(folder, 'a.json'), 'text')).toThrow('EISDIR');
  expect(() => writeWhole(join(folder, 'nowhere/b.json'), 'text')).toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('what this process writes is not left behind; what one wrote that has ended is', () => {
  const own = unfinishedName();
  expect(isLeftBehind(own)).toBe(false);
  expect(isLeftBehind(own.replace(/^\.part-\d+\.\d+/, '.part-1.1'))).toBe(true);
  expect(isLeftBehind(own.replace(/\.[0-9a-f]+-[0-9a-f-]+\./, '.another-boot.'))).toBe(true);
  expect(isLeftBehind('20260101T000000Z-peak-step-2')).toBe(false);
});
