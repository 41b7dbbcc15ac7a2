import { array, assert, boolean, double, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { FailureWindow } from './failure-window.ts';

test('counts what was recorded in the present tenth of the window and the nine before', () => {
  const call = tuple(double({ min: 0, max: 4, noNaN: true }), boolean());
  assert(
    property(array(call, { maxLength: 60, size: 'max' }), (calls) => {
      const window = new FailureWindow(10);
      const all: { part: number; failed: boolean }[] = [];
      let now_s = 0;
      for (const [gap_s, failed] of calls) {
        now_s += gap_s;
        window.record(now_s, failed);
        const part = Math.floor(now_s);
        all.push({ part, failed });
        const recent = all.filter((record) => record.part > part - 10);
        expect(window.calls).toBe(recent.length);
        expect(window.failures).toBe(recent.filter((record) => record.failed).length);
      }
    }),
  );
});
