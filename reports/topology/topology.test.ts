import { describe, expect, it } from 'vitest';
import { estimate } from '../../model/estimate/estimate.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { readFlowchart } from '../testing/flowchart.ts';
import { mermaidLabel, mermaidText } from './mermaid-text.ts';
import { pictureOf } from './step-picture.ts';
import type { StepPicture } from './step-picture.ts';
import { topologyDrawing } from './topology-drawing.ts';
import { topologyMermaid } from './topology-mermaid.ts';
import { topologySentences } from './topology-sentences.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume:
  peak: 900 req/s
  lag: 10 ms
architecture:
  - step: 1
    name: One database
    tiers:
      balancer: { kind: nginx, instances: 1, calls: [app], demand: peak, capacity: 10_000 req/s/server }
      app: { kind: express, instances: 3, calls: [database], demand: peak, capacity: 500 req/s/server }
      database: { kind: postgres, instances: 1, demand: peak, capacity: 1_000 req/s/server }
      old: { kind: worker, instances: 1, demand: peak, capacity: 1_000 req/s/server }
  - step: 2
    name: A queue
    tiers:
      old: none
      app: { instances: 4, calls: [database, replicas, broker] }
      replicas:
        kind: postgres
        instances: 2
        demand: peak
        capacity: 1_000 req/s/server
        replication: { of: database, lag: lag }
      broker: { kind: rabbitmq, instances: 1, demand: peak, capacity: 800 req/s/server }
      mails: { kind: worker, instances: 2, calls: [broker, database, post], demand: peak, capacity: 1_000 req/s/server }
      labels: { kind: worker, instances: 1, calls: [broker, post], demand: peak, capacity: 1_000 req/s/server }
      post: { kind: external, instances: 1, demand: peak, capacity: 1_000 req/s/server }
      edge: { kind: cdn, instances: 1, demand: peak, capacity: 90_000 req/s/server }
`,
);

function pictured(step: number, since: number | null): StepPicture {
  const picture = pictureOf(plan, estimate(plan), step, since);
  if (!picture) throw new Error(`no step ${step}`);
  return picture;
}

describe('a step as a drawing', () => {
  it('has every tier once below who calls it, with what is new, what was otherwise, and what breaks first', () => {
    expect(`\n${topologyDrawing(pictured(2, 1))}\n`).toMatchInlineSnapshot(`
      "
      clients
      ├─ balancer                 1 × nginx       9 % in use
      │  └─ app                   4 × express    45 % in use, was 3 × express
      │     ├─ database           1 × postgres   90 % in use
      │     ├─ replicas           2 × postgres   45 % in use, new
      │     │     copies database
      │     └─ broker             1 × rabbitmq  113 % in use, breaks, new
      │        ├─ mails           2 × worker     45 % in use, new
      │        │     calls database and post
      │        └─ labels          1 × worker     90 % in use, new
      │              calls post
      └─ edge                     CDN             1 % in use, new
      called from several places
      └─ post                     third party    90 % in use, new
      gone: old
      "
    `);
  });

  it('says nothing of news where there is nothing to compare with', () => {
    expect(`\n${topologyDrawing(pictured(1, null))}\n`).toMatchInlineSnapshot(`
      "
      clients
      └─ balancer             1 × nginx      9 % in use
         └─ app               3 × express   60 % in use
            └─ database       1 × postgres  90 % in use, next to break
      not reached from there
      └─ old                  1 × worker    90 % in use
      "
    `);
  });

  it('keeps to narrow widths by giving up its columns', () => {
    const lines = topologyDrawing(pictured(2, 1), 44).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(44);
  });

  it('ends where tiers call each other, and themselves', () => {
    const round: StepPicture = {
      plan: 'p',
      step: 1,
      name: 'round',
      tiers: ['a', 'b', 'c', 'd'].map((id) => ({
        id,
        kind: 'express',
        what: '1 × express',
        use: '5 % in use',
        breaks: null,
        news: '',
      })),
      links: ['aa', 'ab', 'ba', 'cd', 'dc'].map(([from = '', to = '']) => ({ from, to, kind: 'calls' })),
      doors: ['a'],
      gone: [],
    };
    const drawn = topologyDrawing(round);
    for (const id of ['a', 'b', 'c', 'd']) expect(drawn.split(`─ ${id} `)).toHaveLength(2);
    expect(readFlowchart(topologyMermaid(round)).edges).toHaveLength(6);
    expect(topologySentences(round)).toHaveLength(5);
  });
});

describe('a step in sentences', () => {
  it('tells tier after tier as a request comes by', () => {
    expect(topologySentences(pictured(2, 1))).toMatchInlineSnapshot(`
      [
        "Clients call balancer and edge.",
        "balancer: 1 × nginx, calls app. 9 % in use.",
        "edge: CDN. 1 % in use, new.",
        "app: 4 × express, calls database, replicas and broker. 45 % in use, was 3 × express.",
        "database: 1 × postgres. 90 % in use.",
        "replicas: 2 × postgres, copies database. 45 % in use, new.",
        "broker: 1 × rabbitmq, hands work to mails and labels. 113 % in use, breaks, new.",
        "mails: 2 × worker, calls database and post. 45 % in use, new.",
        "labels: 1 × worker, calls post. 90 % in use, new.",
        "post: third party. 90 % in use, new.",
        "Gone: old.",
      ]
    `);
  });
});

describe('a step for Mermaid', () => {
  it('has every tier and every link once, and classes for what is new and what breaks first', () => {
    const { nodes, edges, classes } = readFlowchart(topologyMermaid(pictured(2, 1)));
    expect(nodes.get('tier_app')).toEqual({
      shape: '[',
      lines: ['app', '4 × express', '45 % in use', 'was 3 × express'],
    });
    expect(nodes.get('tier_broker')?.lines.at(-1)).toBe('breaks, new');
    expect(edges.map(({ from, to, label }) => `${from} ${label}> ${to}`.replaceAll('tier_', ''))).toEqual([
      'clients > balancer',
      'clients > edge',
      'balancer > app',
      'app > database',
      'app > replicas',
      'app > broker',
      'broker work> mails',
      'mails > database',
      'mails > post',
      'broker work> labels',
      'labels > post',
      'database copies> replicas',
    ]);
    expect(classes.get('breaksFirst')).toEqual(['tier_broker']);
    expect(classes.get('isNew')).toHaveLength(6);
  });

  it.each([
    ['"quoted" <b>bold</b>', '#34;quoted#34; #60;b#62;bold#60;/b#62;'],
    [
      '`code` & #35; *strong* [link] {x} a|b \\',
      '#96;code#96; #38; #35;35#59; #42;strong#42; #91;link#93; #123;x#125; a#124;b #92;',
    ],
    ['two\n  lines', 'two lines'],
    ['1. not a list', '1#46; not a list'],
    ['- nor this', '#45; nor this'],
    ['under 500 ms? 77.2 %, (yes)', 'under 500 ms? 77.2 %, (yes)'],
  ])('writes %j in a label as %s', (text, written) => {
    expect(mermaidText(text)).toBe(written);
  });

  it('gives back what was written into a label', () => {
    const text = '</script>"]; click x "javascript:alert(1)" %% `end` #quot;';
    const { nodes } = readFlowchart(`flowchart TB\n  a[${mermaidLabel([text, 'b'])}]`);
    expect(nodes.get('a')?.lines).toEqual([text, 'b']);
  });
});
