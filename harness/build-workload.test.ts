import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identify } from '../model/plan/plan.ts';
import { readPlan } from '../model/plan/read-plan.ts';
import { readScenario } from '../model/scenario/read-scenario.ts';
import { buildWorkload } from './build-workload.ts';
import { RunError } from './run-error.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
feeds:
  thing: { file: things.tsv, pick: zipf, exponent: 0.9 }
  unused: { file: unused.tsv, pick: uniform }
requests:
  view: { share: 80 %, kind: read, method: GET, path: '/things/\${thing.id}', timeout: 2 s }
  buy:
    { share: 20 %, kind: write, method: POST, path: /orders, body: { thing: '\${thing.id:number}' }, accept: [201] }
`,
);
const scenario = readScenario(
  'scenario.yaml',
  'scenario: s\nphases: [{ name: p, duration: 1 s, rate: 5 req/s }]\nmix: { buy: 100 % }',
  plan,
  new Map([['open-loop', true]]),
);

let feeds: string;
beforeEach(async () => {
  feeds = await mkdtemp(join(tmpdir(), 'feeds-'));
});
afterEach(() => rm(feeds, { recursive: true }));

describe('buildWorkload', () => {
  it("sends the scenario's mix with the feeds that it uses", async () => {
    await writeFile(join(feeds, 'things.tsv'), 'id\tname\n7\tseven\n8\teight\n');
    const workload = await buildWorkload(plan, scenario, feeds);
    expect(workload.classes).toEqual([
      {
        class: 'buy',
        share: 1,
        method: 'POST',
        path: '/orders',
        headers: { 'content-type': 'application/json' },
        body: '{"thing":"${thing.id:number}"}',
        accept: [201],
        timeout_ms: 10_000,
      },
    ]);
    const rows = [
      ['7', 'seven'],
      ['8', 'eight'],
    ];
    expect(workload.feeds).toEqual({ thing: { pick: 'zipf', exponent: 0.9, columns: ['id', 'name'], rows } });
  });

  it('sends an id of its own in each request of a class that has one, when writes are checked', async () => {
    await writeFile(join(feeds, 'things.tsv'), 'id\tname\n7\tseven\n');
    const classes = async (identify: Identify, share = 1) => {
      const requests = plan.requests.map((each) => (each.name === 'buy' ? { ...each, identify } : each));
      const mix = new Map([
        ['buy', share],
        ['view', 1 - share],
      ]);
      return (await buildWorkload({ ...plan, requests }, { ...scenario, mix, checks: ['writes'] }, feeds)).classes;
    };
    expect(await classes({ in: 'header', name: 'key' })).toEqual([
      expect.objectContaining({
        class: 'buy',
        record: true,
        headers: expect.objectContaining({ key: '${request.id}' }),
      }),
    ]);
    expect(await classes({ in: 'body', name: 'alias' })).toEqual([
      expect.objectContaining({
        class: 'buy',
        record: true,
        body: '{"thing":"${thing.id:number}","alias":"${request.id}"}',
      }),
    ]);
    await expect(classes({ in: 'header', name: 'key' }, 0)).rejects.toThrow(/none that could be found again/);
  });

  it('sends what the steps of journeys say, before what their classes say', async () => {
    await writeFile(join(feeds, 'things.tsv'), 'id\tname\n7\tseven\n');
    const of = readScenario(
      'scenario.yaml',
      `scenario: s
phases: [{ name: p, duration: 1 s, rate: 5 req/s }]
journeys:
  both:
    share: 100 %
    steps:
      - { request: view, keep: { at: header:Location, id: thing.0.id }, think: { mean: 2 s } }
      - { request: buy, path: '/at/\${session.at}', headers: { Key: '\${session.id}' }, think: 1 s }
      - { request: view, path: '/\${session.id}' }`,
      plan,
      new Map([['open-loop', true]]),
    );
    expect([...of.mix]).toEqual([
      ['view', 2 / 3],
      ['buy', 1 / 3],
    ]);
    const { journeys, classes } = await buildWorkload(plan, of, feeds);
    expect(classes.map((each) => each.class)).toEqual(['view', 'buy']);
    expect(journeys?.[0]?.steps).toMatchObject([
      {
        request: { class: 'view', path: '/things/${thing.id}' },
        keep: [
          { name: 'at', from: 'header', path: ['location'] },
          { name: 'id', from: 'body', path: ['thing', '0', 'id'] },
        ],
        think: { mean_s: 2, exponential: true },
      },
      {
        request: { class: 'buy', path: '/at/${session.at}', headers: { key: '${session.id}' }, accept: [201] },
        think: { mean_s: 1, exponential: false },
      },
      { request: { class: 'view', path: '/${session.id}' }, keep: [] },
    ]);
  });

  it.each([
    ['is missing', undefined],
    ['has no rows', 'id\tname\n'],
  ])('says so when a feed %s', async (_what, text) => {
    if (text !== undefined) await writeFile(join(feeds, 'things.tsv'), text);
    await expect(buildWorkload(plan, scenario, feeds)).rejects.toThrow(RunError);
  });
});
