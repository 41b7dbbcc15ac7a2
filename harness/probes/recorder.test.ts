import { expect, it, vi } from 'vitest';
import { Recorder } from './recorder.ts';

const PHASE = { name: 'probed', duration_s: 0.05, judged: true, pieces: [] };

/** Until some ticks have passed, with which seconds that are over are closed. */
async function outlast(recorder: Recorder): Promise<void> {
  const began_ms = performance.now();
  await vi.waitFor(() => expect(performance.now() - began_ms).toBeGreaterThan(400), { timeout: 5_000 });
  recorder.begin('replica.lag').end('ok');
}

it('counts what a probe sends when its phase is over', async () => {
  const recorder = new Recorder(['replica.lag'], PHASE, () => undefined);
  recorder.begin('replica.lag').end('ok');
  await outlast(recorder);
  const { result } = recorder.close();
  expect(result.totals).toMatchObject({ scheduled: 2, sent: 2, ok: 2 });
  expect(result.intervals.reduce((sum, { sent }) => sum + sent, 0)).toBe(2);
});

it('counts what was due in a second that is over, from when it was due', async () => {
  const recorder = new Recorder(['replica.lag'], { ...PHASE, duration_s: 10 }, () => undefined);
  const due_ms = performance.now();
  await vi.waitFor(() => expect(performance.now() - due_ms).toBeGreaterThan(1_300), { timeout: 5_000 });
  recorder.begin('replica.lag', due_ms).end('ok');
  const { result } = recorder.close();
  expect(result.generator.send_lag_us.max).toBeGreaterThan(1_200_000);
  expect(result.intervals[0]?.scheduled).toBe(1);
});

it('counts as abandoned what is under way at the end, and refuses classes that the probe does not have', () => {
  const recorder = new Recorder(['replica.lag'], PHASE, () => undefined);
  recorder.begin('replica.lag');
  expect(() => recorder.begin('redis.get')).toThrow('the probe has no class `redis.get`');
  expect(recorder.close().result.totals).toMatchObject({ scheduled: 1, in_flight_at_end: 1 });
});
