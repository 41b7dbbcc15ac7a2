import { afterEach, expect, test, vi } from 'vitest';
import { shareProgress } from './share-progress.ts';
import { recordingTerminal } from './testing/recording-terminal.ts';

afterEach(() => vi.useRealTimers());

test('on a terminal every word of it, in place', () => {
  const { terminal, live, messages } = recordingTerminal(true);
  const tell = shareProgress(terminal);
  tell('10 %');
  tell('20 %');
  expect([live, messages]).toEqual([[['10 %'], ['20 %']], []]);
});

test('elsewhere a line every ten seconds, and none of what is over before', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { terminal, messages } = recordingTerminal(false);
  const tell = shareProgress(terminal);
  for (let second = 1; second <= 25; second++) {
    vi.advanceTimersByTime(1000);
    tell(`${second} s`);
  }
  expect(messages).toEqual(['10 s', '20 s']);
});
