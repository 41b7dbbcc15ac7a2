import { expect, test } from 'vitest';
import { faultsText } from './faults-text.ts';

const CRASH = { fault: 'crash', tier: 'app', targets: ['app-1'], injected_at_s: 20, effect: 'app-1 (pid 7) is gone' };

test('a fault tells when it showed and when it ended, or that nobody saw it', () => {
  const lines = faultsText([
    { ...CRASH, observed_at_s: 20.06, healed_at_s: 51.94 },
    { ...CRASH, effect: 'app-1 (pid 7) runs on', unhealed: 'app-1: not running' },
  ]);
  expect(lines.split('\n')).toEqual([
    'fault at 20.0 s: crash of `app`: app-1 (pid 7) is gone, seen after 0.1 s; as before at 51.9 s',
    'fault at 20.0 s: crash of `app`: no effect was seen: app-1 (pid 7) runs on; not seen to end: app-1: not running',
  ]);
});
