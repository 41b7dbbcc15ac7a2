import { expect, it } from 'vitest';
import { Beats } from './replica-lag.ts';

function beats(): { readonly beats: Beats; readonly log: string[] } {
  const log: string[] = [];
  let begun = 0;
  const begin = () => {
    const number = (begun += 1);
    log.push(`begin ${number}`);
    return { end: (ending: string) => void log.push(`${ending} ${number}`) };
  };
  return { beats: new Beats(begin), log };
}

it('ends every write that is not younger than what the replica shows', () => {
  const { beats: one, log } = beats();
  one.committed(1);
  one.committed(2);
  one.committed(3);
  one.visible(2);
  expect(log).toEqual(['begin 1', 'begin 2', 'begin 3', 'ok 1', 'ok 2']);
  expect(one.awaited).toBe(1);
});

it('has a write that the replica showed before the primary said so end at once', () => {
  const { beats: one, log } = beats();
  one.visible(1);
  one.committed(1);
  expect(log).toEqual(['begin 1', 'ok 1']);
  expect(one.awaited).toBe(0);
});

it('goes on waiting when a replica shows something older, as one does that has lost its table', () => {
  const { beats: one, log } = beats();
  one.committed(1);
  one.visible(0);
  expect(log).toEqual(['begin 1']);
  expect(one.awaited).toBe(1);
});
