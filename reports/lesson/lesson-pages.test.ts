import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../model/lesson/lesson.ts';
import { documentText } from '../document-text.ts';
import { PLAIN_80 } from '../style.ts';
import { LESSON, TAUGHT_MEASUREMENTS, TAUGHT_PLAN } from '../testing/lesson-by-hand.ts';
import { lessonPages, PAGE_IDS } from './lesson-pages.ts';
import type { Page } from './lesson-pages.ts';

function pagesOf(lesson: Partial<Lesson> = {}, plain = false): Page[] {
  const whole = { ...LESSON, ...lesson };
  return lessonPages({ lesson: whole, plan: TAUGHT_PLAN, measurements: TAUGHT_MEASUREMENTS, plain });
}

function text(page: Page): string {
  return documentText(page.document, PLAIN_80);
}

function written(pages: readonly Page[]): string {
  return `\n${pages.map((page) => `# ${page.title}\n\n${text(page)}`).join('\n')}`;
}

describe('the pages of a lesson', () => {
  it('come in one order and fit a terminal', () => {
    const pages = pagesOf();
    expect(pages.map(({ id }) => id)).toEqual(PAGE_IDS);
    expect(written(pages)).toMatchInlineSnapshot(`
      "
      # What we have

      App servers and a database.

      Step 1: A database. Figures are those of the peak.

      clients
      └─ app          2 × express    75 % in use
         └─ database  1 × postgres  120 % in use, breaks

      A question first
      How many reads reach the database?

      # What breaks, and why

      The question was
      How many reads reach the database?

      The answer
      All of them.

      Why
      More is asked than one database answers.

      The arithmetic
      database.reads = reads × (1 - hit_ratio)
        = 12,000 query/s × (1 - 80 %) = 2,400 query/s
        reads = 12,000 query/s (assumed; brief, Load)
        hit_ratio = 80 % (assumed; brief, Cache)

      # Decide

      One program or several. Answer for a project of your own; one question follows
      from the other.

      What may be asked:

      - How many engineers?
      - Is "apart" <b>needed</b>?

      Where it may end:

      - One program
      - Several services

      # What we add

      A cache:

      - it answers most reads
      - the database the rest

      Step 2: A cache. Figures are those of the peak.

      clients
      └─ app          3 × express   50 % in use, next to break, was 2 × express
         ├─ cache     1 × redis     13 % in use, new
         └─ database  1 × postgres  24 % in use

      Does it hold?
      - What is asked: 12,000 query/s before, 2,400 query/s after; the goal is at most
        10,000 query/s.

      # What it costs

      A node more.

      item           step 1  step 2  difference
      ─────────────────────────────────────────
      app, 2 then 3    $200    $300       +$100
      database, 1      $750    $750    the same
      cache, 1            -    $200       +$200
      total            $950  $1,250       +$300

      Dollars a month of 730 hours.

      # What is measured

      no.          claimed  computed  measured  verdict
      ──────────────────────────────────────────────────────
      1    < 2,000 query/s     2,400         -  contradicted
      2               80 %         -     80.72  holds

      1. Does database.reads come to < 2,000 query/s?
      2. Does the cache answer four in five?

      Values are in the unit of what is claimed; \`-\` is what nothing computes, or was
      not run. Readings are of 2026-11-21, on two cores; \`shop-plan verify --full\`
      repeats them.

      It helps.

      # What that rests on, claim by claim

      1. Does database.reads come to < 2,000 query/s?
        ✗ Contradicted, as computed. A fifth is more.
        From The brief, Load. Computed as \`database.reads\`.
      2. Does the cache answer four in five?
        ✓ Holds, as measured.
        From The brief, Cache. Measured as \`ratio(cache.hits, cache.misses)\` in \`peak\`
        on step 2.

      # Try it

      Two at the same load. Look at the queries.

      Two runs that differ in one thing. On the real servers:

      - before: one database: scenario \`peak\` on step 1 with \`cache.instances=1\`
      - after: with a cache: scenario \`peak\` on step 2
      - before should miss, and after meet: p95(latency) < 500 ms

      Where the servers are not installed, or the machine is too busy for them, on the
      simulator:

      - before: one database: scenario \`peak\` on step 1 with \`cache.instances=1\`
      - after: with a cache: scenario \`peak\` on step 2
      - before should miss, and after meet: p95(latency) < 500 ms

      In the walk, t runs it; elsewhere \`shop-plan walk mine 1 --try\` does. It says
      which of the two it was.

      # What to say in an interview

      I would put a cache in front.

      # Trade-offs

      - stale reads
      - one more thing to run

      More of this
      - \`shop-plan explain database.reads\`
      - \`docs/formulas.md#caching\`

      # What an interviewer asks next

      What if the cache dies?
      "
    `);
    const longest = Math.max(
      ...pages.flatMap((page) =>
        text(page)
          .split('\n')
          .map((line) => line.length),
      ),
    );
    expect(longest).toBeLessThanOrEqual(80);
  });

  it('read as sentences where nothing is drawn', () => {
    const plain = pagesOf({}, true);
    const said = plain.flatMap(({ document }) => document);
    expect(said.map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['table']));
    expect(said.map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['drawing']));
    expect(written(plain)).not.toMatch(/[─│└├]/);
    expect(written(plain.filter(({ id }) => id === 'adds' || id === 'costs'))).toMatchInlineSnapshot(`
      "
      # What we add

      A cache:

      - it answers most reads
      - the database the rest

      Step 2: A cache. Figures are those of the peak.

      - Clients call app.
      - app: 3 × express, calls cache and database. 50 % in use, next to break, was 2
        × express.
      - cache: 1 × redis. 13 % in use, new.
      - database: 1 × postgres. 24 % in use.

      Does it hold?
      - What is asked: 12,000 query/s before, 2,400 query/s after; the goal is at most
        10,000 query/s.

      # What it costs

      A node more.

      - app, 2 then 3: step 1 $200, step 2 $300, difference +$100
      - database, 1: step 1 $750, step 2 $750, difference the same
      - cache, 1: step 1 none, step 2 $200, difference +$200
      - total: step 1 $950, step 2 $1,250, difference +$300

      Dollars a month of 730 hours.
      "
    `);
  });

  it('give each claim its number, its units and what its verdict rests on where they are heard', () => {
    expect(written(pagesOf({}, true).filter(({ id }) => id === 'measured'))).toMatchInlineSnapshot(`
      "
      # What is measured

      1. Does database.reads come to < 2,000 query/s?
        Claimed < 2,000 query/s, computed 2,400 query/s. Contradicted, as computed.
      2. Does the cache answer four in five?
        Claimed 80 %, measured 80.72 %. Holds, as measured.

      Readings are of 2026-11-21, on two cores; \`shop-plan verify --full\` repeats
      them.

      It helps.
      "
    `);
  });

  it('ask at the beginning and at the end, with hint and answer apart', () => {
    const asking = pagesOf().filter(({ asks }) => asks !== null);
    expect(asking.map(({ id }) => id)).toEqual(['have', 'next']);
    expect(asking[0]?.asks?.question.guess).toEqual({ value: 12_000, unit: 'query/s' });
    expect(asking[0]?.asks?.hint).toEqual([{ kind: 'paragraph', text: 'Look at `reads`.' }]);
    expect(asking.map((page) => text(page)).join('')).not.toContain('All of them');
  });

  it('leave out what a lesson has not', () => {
    const bare = { before: null, step: null, measured: [], means: '', experiment: null, decision: null, goals: [] };
    const pages = pagesOf(bare);
    expect(pages.map(({ id }) => id)).toEqual(['have', 'breaks', 'adds', 'costs', 'say', 'tradeoffs', 'next']);
    expect(pages.every(({ mermaid }) => mermaid === null)).toBe(true);
  });
});
