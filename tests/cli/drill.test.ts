import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../model/progress/progress.ts';
import { shopPlan } from './shop-plan.ts';
import { TerminalWalk, walkPiped } from './walking.ts';

let state: string;
let env: Readonly<Record<string, string>>;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'shop-plan-drill-'));
  env = { XDG_STATE_HOME: state };
});
afterEach(() => rmSync(state, { recursive: true }));

const kept = (): Progress => JSON.parse(readFileSync(join(state, 'shop-plan/walk.json'), 'utf8'));
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

// A terminal of its own; other implementations of `script` take other options.
const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

/** What somebody may type who reads nothing. */
const NONSENSE = ['', 'n', 'many', '-5', '5m', '1', 'infinity', '\u001B[A', '5 Gb', '7.000', '€5'];

describe('walk --drill', () => {
  it('takes whatever is typed, within 80 columns, and ends with the input', async () => {
    const { code, stdout, stderr } = await walkPiped(['--drill', 'availability', '--count', '3'], NONSENSE, env);
    expect(code).toBe(0);
    expect(stdout).toContain('Question 1 of 3: Availability');
    expect(stderr).not.toMatch(/at .*\.ts:\d/);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(widest(stderr)).toBeLessThanOrEqual(80);
  });

  it('keeps a score', async () => {
    await walkPiped(['--drill', 'storage', '--count', '2'], ['', 'y', 'n', '', 'y'], env);
    const { stdout } = await shopPlan(['walk', '--score', '--json'], env);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'score', total: { asked: 2, right: 0, skipped: 2, share: 0 } });
  });

  it('names its topics, and has no other format', async () => {
    const wrong = await shopPlan(['walk', '--drill', 'storag'], env);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean `storage`?') as string });
    expect((await shopPlan(['walk', '--drill', '--json'], env)).code).toBe(2);
  });

  it.skipIf(!hasScript)('loses no answer when the terminal is closed', async () => {
    const walk = new TerminalWalk(['--drill', 'storage'], env);
    await walk.says('Enter skip');
    walk.press('20 TB\r');
    await walk.says('next question');
    walk.close();
    await walk.ended;
    expect(kept().drills[0]?.answers).toMatchObject([{ topic: 'storage', given: 20e12 }]);
  });
});

describe('walk --whiteboard', () => {
  it('judges an order and keeps it', async () => {
    const { code, stdout, stderr } = await walkPiped(
      ['--whiteboard'],
      ['h', 'abcdef', 'd', 's', 'c', 'd', '2', 'q'],
      env,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Box 1 of 6: The core, 5 minutes');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(widest(stderr)).toBeLessThanOrEqual(80);
    expect(kept().whiteboards[0]?.order).toHaveLength(6);
    expect(Object.keys(kept().whiteboards[0]?.taken_s ?? {})).toEqual(['core']);
  });
});
