import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedCourses } from '../../api/lessons.ts';
import { identityOf, isAlive } from '../../infra/local/identity.ts';
import type { LessonList } from '../../reports/lesson/lesson-list-document.ts';
import { shopPlan } from './shop-plan.ts';
import { TerminalWalk, walkPiped } from './walking.ts';

let state: string;
let env: Readonly<Record<string, string>>;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'shop-plan-walk-'));
  env = { XDG_STATE_HOME: state };
});
afterEach(() => rmSync(state, { recursive: true }));

const lessons = shippedCourses().flatMap((course) => course.lessons);
const kept = (): unknown => JSON.parse(readFileSync(join(state, 'shop-plan/walk.json'), 'utf8'));
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

describe('a walk with its keys in a pipe', () => {
  it('goes through every page of every lesson within 80 columns, with every hint', async () => {
    const keys = Array.from({ length: lessons.length * 14 }, () => ['h', 'n']).flat();
    const { code, stdout, stderr } = await walkPiped([], keys, env);
    expect(code).toBe(0);
    for (const { title } of lessons) expect(stdout).toContain(title);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(widest(stderr)).toBeLessThanOrEqual(80);
    expect(kept()).toMatchObject({ lessons: Object.fromEntries(lessons.map(({ id }) => [id, { done: true }])) });
  });

  it('ends with its input, and goes on there', async () => {
    const first = await walkPiped(['2'], ['n', 'n'], env);
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('Your progress is kept') as string });
    const second = await walkPiped([], ['q'], env);
    expect(second.stderr).toContain('You left here');
    expect(second.stdout).toMatch(/Page 3 of \d+: /);
  });

  it('says what keys do, and what a wrong one may be instead', async () => {
    const { stdout, stderr } = await walkPiped(['1'], ['?', 'x', '', 'q'], env);
    expect(stdout).toContain('n  opens the next page');
    expect(stderr.match(/That key does nothing here/g)).toHaveLength(2);
  });

  it('begins anew with --again', async () => {
    await walkPiped(['1'], ['n', 'q'], env);
    await walkPiped(['2'], ['q'], env);
    await walkPiped(['1', '--again'], ['q'], env);
    expect(kept()).toMatchObject({
      lessons: { 'amazon-shop/1': { seen: ['have'] }, 'amazon-shop/2': { seen: ['have'] } },
    });
  });

  it('draws nothing with --plain', async () => {
    const { stdout } = await walkPiped(['2', '--plain'], ['n', 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'q'], env);
    expect(stdout).not.toMatch(/[\u2500-\u257F]/);
  });
});

describe('the lessons', () => {
  it('are listed with how far the learner has come', async () => {
    await walkPiped(['2'], ['n', 'q'], env);
    const { stdout } = await shopPlan(['walk', '--list'], { ...env, COLUMNS: '80' });
    expect(stdout).toMatch(/2 {2}.* {2}2 pages read, you are here\n/);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    const { stdout: plain } = await shopPlan(['walk', '--list', '--plain'], { ...env, COLUMNS: '80' });
    expect(plain).toMatch(/^- 2: .*progress 2 pages read/m);
    expect(plain).not.toContain('─');
    const { stdout: json } = await shopPlan(['walk', '--list', '--json'], env);
    const { courses, ...head }: LessonList = JSON.parse(json);
    expect(head).toEqual({ formatVersion: 1, kind: 'lessons' });
    expect(courses[0]?.lessons.slice(0, 2)).toMatchObject([{ done: false }, { pagesSeen: 2, here: true }]);
  });

  it('are printed as Markdown, the same whatever the terminal and the progress', async () => {
    const before = await shopPlan(['walk', '--print'], { ...env, COLUMNS: '60', FORCE_COLOR: '1' });
    await walkPiped(['2'], ['n', 'q'], env);
    const after = await shopPlan(['walk', '--print'], env);
    expect(after).toEqual(before);
    expect(after.code).toBe(0);
    const one = await shopPlan(['walk', 'amazon-shop', '2', '--print'], env);
    expect(after.stdout.length).toBeGreaterThan(one.stdout.length);
  });

  it.each([
    [['walk', '99'], 'no lesson is called `99`'],
    [['walk', 'amazon-shp'], 'did you mean `amazon-shop`?'],
    [['walk', '--json'], 'add `--list`'],
    [['walk', '--print', '--json'], 'cannot be used'],
  ])('%j is refused', async (args, says) => {
    const { code, stderr, stdout } = await shopPlan(args, env);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain(says);
    expect(readdirSync(state)).toEqual([]);
  });
});

// Part of Debian's and Ubuntu's base, but not of every container.
const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

describe.runIf(hasScript)('a walk on a terminal', () => {
  it('takes single keys, and leaves the terminal as it was', async () => {
    const walk = new TerminalWalk(['2'], env, 'echo "code $?"; stty -a');
    await walk.says('q quit: ');
    walk.press('n');
    await walk.says('Page 2 of');
    await walk.says('q quit: ');
    walk.press('\u001B[A');
    await walk.says('up\r\nThat key does nothing here');
    walk.press('\u001B[200~quit q\rq\u001B[201~');
    await walk.says('pasted text\r\nThat key does nothing here');
    walk.press('b');
    await walk.says('Page 1 of');
    walk.press('h');
    await walk.says('q quit: ');
    walk.press('l');
    await walk.says('Enter stays here: ');
    walk.press('x\u007F3\r');
    await walk.says('Page 1 of');
    walk.press('q');
    await walk.says('code 0');
    await walk.says(' icanon');
    await walk.ended;
    expect(walk.shown).toContain('\u001B[?2004l');
    expect(kept()).toMatchObject({ at: { lesson: 'amazon-shop/3' } });
  });

  it('takes no key that was pressed before it asked for one', async () => {
    const walk = new TerminalWalk(['2'], env);
    await walk.says('pid ');
    walk.press('qnq');
    await walk.says('q quit: ');
    walk.press('n');
    await walk.says('Page 2 of');
    await walk.says('q quit: ');
    walk.press('q');
    expect(await walk.ended).toBe(0);
  });

  it('begins an answer with what is typed of it, and takes no word for its letters', async () => {
    const walk = new TerminalWalk(['1'], env);
    await walk.says('q quit: ');
    walk.press('requests');
    await walk.says('requests\r\nThat key does nothing here');
    await walk.says('q quit: ');
    walk.press('7');
    await walk.says('to leave it open: ');
    await walk.says('7');
    walk.press(' million requests\r');
    await walk.says('q quit: ');
    walk.press('7000 GB\r');
    await walk.says('to leave it open: ');
    await walk.says('7000 GB');
    await walk.says('to leave it open: ');
    walk.press('\r');
    await walk.says('q quit: ');
    walk.press('nn');
    await walk.says('Page 2 of');
    await walk.says('q quit: ');
    walk.press('q\r');
    expect(await walk.ended).toBe(0);
    expect(walk.shown).not.toContain('Page 3 of');
  });

  it.each([
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 0],
  ])('ends with %s, from a key and from a line', async (_, key, code) => {
    for (const asked of ['q quit: ', 'Enter stays here: ']) {
      const walk = new TerminalWalk(['2'], env);
      await walk.says('q quit: ');
      if (asked !== 'q quit: ') walk.press('l');
      if (asked !== 'q quit: ') await walk.says(asked);
      walk.press(key);
      expect(await walk.ended).toBe(code);
      expect(walk.shown).not.toContain('stopping');
    }
    expect(kept()).toMatchObject({ at: { lesson: 'amazon-shop/2', page: 'have' } });
  });

  it('loses nothing when its window is closed', async () => {
    const walk = new TerminalWalk(['2'], env);
    await walk.says('q quit: ');
    walk.press('n');
    await walk.says('Page 2 of');
    await walk.says('q quit: ');
    const identity = identityOf(Number(/pid (\d+)\./.exec(walk.shown)?.[1]));
    walk.close();
    await vi.waitUntil(() => !isAlive(identity), { timeout: 30_000 });
    expect(kept()).toMatchObject({ at: { lesson: 'amazon-shop/2', page: 'breaks' } });
    expect(readdirSync(join(state, 'shop-plan'))).toEqual(['walk.json']);
  });

  it('takes lines where the terminal knows nothing else', async () => {
    const walk = new TerminalWalk(['2'], { ...env, TERM: 'dumb' });
    await walk.says('q quit: ');
    walk.press('n\r');
    await walk.says('Page 2 of');
    await walk.says('q quit: ');
    walk.press('q\r');
    expect(await walk.ended).toBe(0);
    expect(walk.shown).not.toContain('\u001B');
    expect(walk.shown).not.toMatch(/[\u2500-\u257F]/);
  });
});
