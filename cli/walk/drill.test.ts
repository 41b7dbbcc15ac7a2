import { describe, expect, it } from 'vitest';
import { UsageError } from '../../api/usage-error.ts';
import { drillCommand } from './drill.ts';
import { scoreCommand } from './score.ts';
import { drillRoom } from './testing/drill-room.ts';
import { ScriptedKeyboard } from './testing/scripted-keyboard.ts';

const now = (): Date => new Date('2026-01-02T03:04:05Z');

describe('a drill', () => {
  it('asks, gives hints, judges, derives, and keeps every answer', async () => {
    const room = drillRoom();
    const keyboard = new ScriptedKeyboard('h', 'no idea', '1', 'x', 'n', '', 'n', '', 'y');
    const code = await drillCommand(room.context, keyboard, { ...room, topic: 'traffic', count: 2, seed: 1, now });
    expect(code).toBe(0);
    const [drill] = room.progress.progress.drills;
    expect(drill).toMatchObject({ at: '2026-01-02T03:04:05.000Z', seed: 1 });
    expect(drill?.answers).toHaveLength(2);
    expect(drill?.answers[1]).toMatchObject({ topic: 'traffic', given: null, right: false });
    const text = room.text();
    expect(text).toContain('Question 1 of 2: Users and requests');
    expect(text).toContain('I cannot find a number in that.');
    expect(text).toContain('Press n for the next question, or q to end the drill.');
    expect(text).toMatch(/It is [\d,]+/);
    expect(text).toContain('Skipped.');
    expect(text).toContain('`shop-plan walk amazon-shop 1`');
    expect(text).toContain('This drill: 0 of 2 right, 1 skipped');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(Math.max(...keyboard.prompts.map((prompt) => prompt.length))).toBeLessThanOrEqual(80);
  });

  it('draws no derivation and no table for who listens', async () => {
    const room = drillRoom();
    const skip = ['', 'y'];
    await drillCommand(room.context, new ScriptedKeyboard(...skip), { ...room, count: 1, seed: 1, now, plain: true });
    expect(room.text()).toMatch(/^- \S+ = /m);
    expect(room.text()).not.toMatch(/─|^ += /m);
  });

  it('keeps what was answered when the learner quits, and nothing of a question that stands open', async () => {
    const room = drillRoom();
    const keyboard = new ScriptedKeyboard('', 'y', 'n', 'q');
    await drillCommand(room.context, keyboard, { ...room, topic: 'cache', now });
    expect(room.progress.progress.drills[0]?.answers).toHaveLength(1);
  });

  it('keeps no drill without an answer, and ends where the input does', async () => {
    const room = drillRoom();
    expect(await drillCommand(room.context, new ScriptedKeyboard(), { ...room, now })).toBe(0);
    expect(room.progress.progress.drills).toEqual([]);
    expect(room.text()).toContain('Nothing was answered, so nothing is kept.');
  });

  it('is another one each time, and the same for the same seed', async () => {
    const asked = async (seed?: number): Promise<string> => {
      const skip = ['', 'y', 'n'];
      const options = seed === undefined ? {} : { seed };
      await drillCommand(room.context, new ScriptedKeyboard(...skip, ...skip), { ...room, count: 2, now, ...options });
      const last = room.progress.progress.drills.at(-1);
      return last?.answers.map(({ question, variant }) => `${question} ${variant}`).join() ?? '';
    };
    const room = drillRoom();
    const first = await asked();
    expect(await asked()).not.toBe(first);
    expect(await asked(1)).toBe(first);
  });

  it('knows its topics', async () => {
    const room = drillRoom();
    const wrong = drillCommand(room.context, new ScriptedKeyboard(), { ...room, topic: 'trafic' });
    await expect(wrong).rejects.toThrow(new UsageError('there is no drill on `trafic`', 'did you mean `traffic`?'));
  });
});

describe('the score', () => {
  it('is shown after some drills, at 80 columns', async () => {
    const room = drillRoom();
    for (let seed = 1; seed <= 3; seed++) {
      const keyboard = new ScriptedKeyboard(...Array.from({ length: 5 }, () => ['', 'y', 'n']).flat());
      await drillCommand(room.context, keyboard, { ...room, topic: 'cost', count: 5, seed, now: () => new Date(seed) });
    }
    const scored = drillRoom();
    await scoreCommand(scored.context, { progress: room.progress });
    const text = scored.text();
    expect(text).toContain('0 of 15 right, 15 skipped in 3 drills');
    expect(text).toContain('Costs: `shop-plan walk amazon-shop 1`');
    expect(text).toMatch(/Latency +0 +0 +- +not asked yet/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const plain = drillRoom();
    await scoreCommand(plain.context, { progress: room.progress, plain: true });
    expect(plain.text()).toContain('Latency: not asked yet.');
    expect(plain.text()).not.toContain('─');
  });

  it('says so when there was no drill', async () => {
    const room = drillRoom();
    await scoreCommand(room.context, { progress: room.progress });
    expect(room.text()).toContain('No drill yet.');
  });
});
