import { afterEach, describe, expect, it } from 'vitest';
import { relativePrecision } from '../../model/simulator/statistics/precision.ts';
import { estimatesOf } from '../../model/simulator/statistics/estimates.ts';
import type { Load } from '../../model/simulator/load.ts';
import { BY_HAND } from '../../model/simulator/testing/systems.ts';
import { RunError } from '../run-error.ts';
import { replicate } from './replicate.ts';
import type { ReplicationRequest } from './replicate.ts';
import { Simulators } from './simulators.ts';

const FAKE = new URL('./testing/fake-worker.ts', import.meta.url);
const SYSTEM = { classes: [], messages: [], tiers: [], keySpaces: [] };
const open: Simulators[] = [];
afterEach(() => Promise.all(open.splice(0).map((simulators) => simulators.close())));

function simulators(width: number, signal = new AbortController().signal): Simulators {
  const made = new Simulators(width, signal, FAKE);
  open.push(made);
  return made;
}

/** The fake looks at the name of the phase: `runs`, `dies`, `throws`, `never-ends`. */
function loadThat(name: string): Load {
  const phase = { name, judged: true, pieces: [], duration_s: 10, closed: null, target: null };
  return { process: { kind: 'poisson' }, phases: [phase], faults: [] };
}

function request(change: Partial<ReplicationRequest>): ReplicationRequest {
  const load = loadThat('runs');
  const asked = { seed: 42, replications: 3, precision: null, maxReplications: 100 };
  return { system: SYSTEM, load, what: BY_HAND, ...asked, simulators: simulators(1), ...change };
}

describe('replicate', () => {
  it('gives as many replications as are asked for, each with other random numbers', async () => {
    const { runs } = await replicate(request({ replications: 4 }));
    expect(new Set(runs.map(({ observation }) => observation.classes[0]?.response_us)).size).toBe(4);
  });

  it.each([
    { replications: 7 },
    { replications: 2, precision: 0.01, maxReplications: 60 },
    { replications: 2, precision: 1e-9, maxReplications: 8 },
  ])('gives the same bytes for 1, 2 and 5 workers: %j', async (asked) => {
    const each = [];
    for (const width of [1, 2, 5])
      each.push(JSON.stringify(await replicate(request({ ...asked, simulators: simulators(width) }))));
    expect(new Set(each).size).toBe(1);
  });

  it('stops at the first number of replications, from five on, that reaches the precision', async () => {
    const { runs, precision } = await replicate(request({ precision: 0.01, maxReplications: 100 }));
    expect(runs.length).toBeGreaterThan(5);
    expect(precision).toBeLessThanOrEqual(0.01);
    for (let n = 5; n < runs.length; n++)
      expect(relativePrecision(estimatesOf(runs.slice(0, n)))).toBeGreaterThan(0.01);
  });

  it('gives up at the most replications, and says what was reached', async () => {
    const { runs, precision } = await replicate(request({ precision: 1e-9, maxReplications: 8 }));
    expect(runs).toHaveLength(8);
    expect(precision).toBeGreaterThan(1e-9);
  });

  it('tells how far it has come, upwards to the whole', async () => {
    const shares: number[] = [];
    await replicate(request({ replications: 6, simulators: simulators(2), onProgress: (share) => shares.push(share) }));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('when it goes wrong', () => {
  it('tells of a thread that died', async () => {
    const failing = replicate(request({ load: loadThat('dies') }));
    await expect(failing).rejects.toBeInstanceOf(RunError);
    await expect(failing).rejects.toThrow('a simulating thread died: it ended with code 7');
  });

  it('passes on what the simulation throws, and simulates on', async () => {
    const shared = simulators(1);
    await expect(replicate(request({ load: loadThat('throws'), simulators: shared }))).rejects.toThrow(
      'no such tier: 9',
    );
    expect((await replicate(request({ simulators: shared }))).runs).toHaveLength(3);
  });

  it('ends at once when it is interrupted, however long a simulation would go on', async () => {
    const stop = new AbortController();
    const endless = replicate(
      request({
        load: loadThat('never-ends'),
        simulators: simulators(2, stop.signal),
        // It tells of progress once it is in the middle of it.
        onProgress: () => stop.abort(new Error('interrupted')),
      }),
    );
    await expect(endless).rejects.toThrow('interrupted');
    await expect(replicate(request({ simulators: simulators(1, stop.signal) }))).rejects.toThrow('interrupted');
  });

  it('takes a job back that is not wanted any more, and the thread goes on with the next', async () => {
    const shared = simulators(1);
    const unwanted = new AbortController();
    const job = { system: SYSTEM, load: loadThat('never-ends'), options: { seed: 1, warmUp_s: 0, what: BY_HAND } };
    const endless = shared.run(job, {
      unwanted: unwanted.signal,
      onProgress: () => unwanted.abort(new Error('enough')),
    });
    const next = shared.run({ ...job, load: loadThat('runs') });
    await expect(endless).rejects.toThrow('enough');
    expect((await next).events).toBe(1000);
  });

  it.each([0, 1.5, Number.NaN])('refuses %d workers', (width) => {
    expect(() => simulators(width)).toThrow(RangeError);
  });
});
