import { describe, expect, it } from 'vitest';
import type { Keyboard } from './keyboard.ts';
import { drillRoom } from './testing/drill-room.ts';
import type { Clock } from './wall-clock.ts';
import { whiteboardCommand } from './whiteboard.ts';

/** Gives answers one after the other; a number is time that passes before the next one. */
class TimedKeyboard implements Keyboard {
  readonly #script: (string | number)[];
  #now_s = 0;
  readonly #calls: { readonly at_s: number; readonly call: () => void }[] = [];

  constructor(...script: readonly (string | number)[]) {
    this.#script = [...script];
  }

  readonly clock: Clock = {
    now: () => new Date(this.#now_s * 1_000),
    after: (delay_s, call) => {
      const waiting = { at_s: this.#now_s + delay_s, call };
      this.#calls.push(waiting);
      return () => {
        const at = this.#calls.indexOf(waiting);
        if (at >= 0) this.#calls.splice(at, 1);
      };
    },
  };

  get waiting(): number {
    return this.#calls.length;
  }

  key(prompt: string): Promise<string | null> {
    return this.line(prompt);
  }

  line(_prompt: string): Promise<string | null> {
    let next = this.#script.shift();
    for (; typeof next === 'number'; next = this.#script.shift()) this.#pass(next);
    return Promise.resolve(next ?? null);
  }

  close(): void {
    this.#script.length = 0;
  }

  #pass(time_s: number): void {
    const until_s = this.#now_s + time_s;
    for (const due of this.#calls.filter(({ at_s }) => at_s <= until_s).toSorted((a, b) => a.at_s - b.at_s)) {
      this.#calls.splice(this.#calls.indexOf(due), 1);
      this.#now_s = due.at_s;
      due.call();
    }
    this.#now_s = until_s;
  }
}

async function board(
  ...script: readonly (string | number)[]
): Promise<ReturnType<typeof drillRoom> & { waiting: number }> {
  const room = drillRoom();
  const keyboard = new TimedKeyboard(...script);
  await whiteboardCommand(room.context, keyboard, { ...room, clock: keyboard.clock, seed: 1 });
  return { ...room, waiting: keyboard.waiting };
}

describe('the order', () => {
  it('is judged by what is misplaced, and shown with times and reasons', async () => {
    const { text, progress } = await board('h', 'abc', 'a b c d e f', 'q');
    expect(text()).toContain('First what carries every request');
    expect(text()).toContain('Write each of the 6 letters once');
    expect(text()).toMatch(/Not yet: \d box(?:es)? ha(?:s|ve) to move\./);
    expect(text()).toContain('The core, 5 minutes:');
    expect(progress.progress.whiteboards[0]).toMatchObject({ right: false, taken_s: {} });
    expect(progress.progress.whiteboards[0]?.order).toHaveLength(6);
  });

  it('keeps nothing when the learner quits', async () => {
    expect((await board('q')).progress.progress.whiteboards).toEqual([]);
    expect((await board()).progress.progress.whiteboards).toEqual([]);
  });
});

describe('the drawing', () => {
  it('speaks at half time, a minute before the end and at the end, and never goes on by itself', async () => {
    const first = ['s', 130, 'c', 200, 'd', '2'] as const;
    const second = ['s', 60, 'd', '9', ''] as const;
    const { text, progress, waiting } = await board('', 'd', ...first, ...second, 'q');
    const said = text();
    expect(said).toContain('2 minutes 10 seconds so far; 2 minutes 50 seconds left.');
    for (const says of ['Half time: 2 minutes 30 seconds left.', 'One minute left.', 'Time is up.'])
      expect(said).toContain(says);
    expect(said).toContain('5 minutes 30 seconds: 30 seconds over.');
    expect(said).toContain('Write a whole number from 0 to 4.');
    expect(said).toMatch(/The core +5 minutes +5 minutes 30 seconds +2 of 3/);
    expect(said).toMatch(/Room to grow +5 minutes +1 minute +-/);
    expect(said).toContain('2 of 6 boxes were drawn. 1 of them took longer than its time.');
    expect(progress.progress.whiteboards[0]?.taken_s).toEqual({ core: 330, scalability: 60 });
    expect(waiting).toBe(0);
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows what belongs into a box when it is drawn, or when it is asked for', async () => {
    const belongs = 'What belongs into it:';
    expect((await board('', 'd', 's', 10, 'q')).text()).not.toContain(belongs);
    expect((await board('', 'd', 'h', 's', 'h', 'q')).text().split(belongs)).toHaveLength(3);
    expect((await board('', 'd', 's', 'd')).text()).toContain(belongs);
  });

  it.each([[['q']], [[]]])('keeps a box when the learner quits behind it, by %j', async (end) => {
    const { text, progress } = await board('', 'd', 's', 60, 'd', ...end);
    expect(text()).toContain('1 of 6 boxes was drawn. It was done in its time.');
    expect(text()).not.toContain('Box 2 of 6');
    expect(progress.progress.whiteboards[0]?.taken_s).toEqual({ core: 60 });
  });

  it('takes its calls back when the learner quits', async () => {
    expect((await board('', 'd', 's', 10, 'q')).waiting).toBe(0);
  });
});
