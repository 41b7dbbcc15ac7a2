import { expect, test } from 'vitest';
import { LiveLines } from './live-lines.ts';
import { FakeScreen } from './testing/fake-screen.ts';

test('lines replace the ones before, more or fewer of them, and nothing of them stays', () => {
  const screen = new FakeScreen(40);
  screen.write('before\n');
  const live = new LiveLines(screen);
  live.draw(['one', 'two', 'three']);
  live.draw(['ONE']);
  expect(screen.lines()).toEqual(['before', 'ONE']);
  live.draw(['a', 'b']);
  live.clear();
  screen.write('after\n');
  live.clear();
  expect(screen.lines()).toEqual(['before', 'after']);
});

test('a line is cut to the terminal, so that none breaks', () => {
  const screen = new FakeScreen(20);
  const live = new LiveLines(screen);
  live.draw(['a line that is much too long for this']);
  expect(screen.lines()).toEqual(['a line that is muc…']);
  live.draw(['short']);
  expect(screen.lines()).toEqual(['short']);
});

test('colours take no room', () => {
  const screen = new FakeScreen(20);
  new LiveLines(screen).draw(['\u001B[31mred and plain text\u001B[39m']);
  expect(screen.lines()).toEqual(['red and plain text']);
});

test('a terminal that was made narrower has broken the lines: all their rows go', () => {
  const screen = new FakeScreen(40);
  screen.write('before\n');
  const live = new LiveLines(screen);
  live.draw(['a line of thirty-four columns here', 'and a second one of the same width']);
  screen.resize(20);
  live.draw(['now shorter']);
  expect(screen.lines()).toEqual(['before', 'now shorter']);
});

test('a terminal that does not tell its width is taken for 80 columns', () => {
  const written: string[] = [];
  const live = new LiveLines({ write: (text: string) => written.push(text) });
  live.draw(['x'.repeat(200)]);
  expect(written).toEqual([`${'x'.repeat(78)}…`]);
});
