import { describe, expect, it } from 'vitest';
import type { Stack } from '../../infra/backend.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { compareLive } from './compare-live.ts';
import type { LiveRequest } from './compare-live.ts';

const topology = (name: string): Topology => ({ plan: 'shop', step: 2, name, entry: 'app', tiers: [] });
const stackOf = (name: string): Stack => ({ name, plan: 'shop', step: 2, base_url: '', processes: [], feeds_dir: '' });

/** What was done, in its order, with a stack that can be driven at once. */
function request(change: Partial<LiveRequest<string>> = {}) {
  const done: string[] = [];
  const side = (name: string) => ({
    topology: topology(name),
    drive: async (stack: Stack, round: number) => {
      done.push(`${stack.name} ${round}`);
      return `${name}${round}`;
    },
  });
  const asked: LiveRequest<string> = {
    a: side('a'),
    b: side('b'),
    rounds: 3,
    backend: {
      up: async (_topology, { name }) => {
        done.push(`${name} up`);
        return stackOf(name);
      },
      down: async (name) => {
        done.push(`${name} down`);
        return { stopped: [], left: [] };
      },
    },
    name: 'compare',
    data: { seed: 42, products: 1000, users: 100 },
    signal: new AbortController().signal,
    report: () => {},
    ...change,
  };
  return { asked, done };
}

describe('two stacks against each other', () => {
  it('are warmed up, driven in turns, and taken down', async () => {
    const { asked, done } = request();
    expect(await compareLive(asked)).toEqual({ a: ['a1', 'a2', 'a3'], b: ['b1', 'b2', 'b3'] });
    const order = 'a up, b up, b 0, a 0, a 1, b 1, b 2, a 2, a 3, b 3, a down, b down';
    expect(done.join(', ').replaceAll('compare-', '')).toBe(order);
  });

  it('are both taken down when one cannot be started', async () => {
    const { asked, done } = request();
    const up: typeof asked.backend.up = (wanted, options) =>
      wanted.name === 'b' ? Promise.reject(new Error('no port is free')) : asked.backend.up(wanted, options);
    await expect(compareLive({ ...asked, backend: { ...asked.backend, up } })).rejects.toThrow('no port is free');
    expect(done).toEqual(['compare-a up', 'compare-a down', 'compare-b down']);
  });

  it('are driven no more once it is aborted, and what was cut short is not counted', async () => {
    const stop = new AbortController();
    const { asked, done } = request({ signal: stop.signal });
    const drive: typeof asked.b.drive = async (stack, round) => {
      if (round === 2) stop.abort();
      return asked.b.drive(stack, round);
    };
    expect(await compareLive({ ...asked, b: { ...asked.b, drive } })).toEqual({ a: ['a1'], b: ['b1'] });
    expect(done.slice(-2)).toEqual(['compare-a down', 'compare-b down']);
  });
});
