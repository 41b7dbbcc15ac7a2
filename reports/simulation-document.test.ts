import { describe, expect, it } from 'vitest';
import type { Simulation, StepSimulation, TierInstability } from '../model/questions/simulation.ts';
import { documentCsv } from './document-csv.ts';
import { documentText } from './document-text.ts';
import { simulationDocument } from './simulation-document.ts';
import { SIMULATION_SCHEMA, simulationJsonSchema } from './simulation-schema.ts';
import { plainStyle } from './style.ts';
import { loadByHand, simulationByHand, stepByHand, tierByHand, verdictByHand } from './testing/simulation-by-hand.ts';

function textOf(simulation: Simulation, { full = false, width = 80 } = {}): string {
  return documentText(simulationDocument(simulation, { full, width }), { style: plainStyle, width });
}

const OVERLOAD: TierInstability = {
  tier: 'database',
  phase: 'peak',
  replications: 3,
  offeredUtilisation: 4.94,
  because: '49,389 visits/s arrive',
};

const UNSTABLE: StepSimulation = stepByHand({
  step: 1,
  name: 'Load balancer, app servers, PostgreSQL',
  judgement: { outcome: 'FAIL', verdicts: [verdictByHand('p95(latency) < 500 ms', 'FAIL', 4.2)], validity: [] },
  tiers: [tierByHand('app', 0.7), tierByHand('database', 1, { littleError: 0.0123 })],
  instabilities: [OVERLOAD],
});

describe('several steps', () => {
  const text = textOf(simulationByHand(UNSTABLE, stepByHand()));

  it('stand side by side first, each with its busiest tier and its verdict', () => {
    const squeezed = text.replaceAll(/ +/g, ' ');
    expect(squeezed).toContain('2 6,944 10 ms 52.3±0.5 ms 101±1 ms 0.042 % app 77 % ✓ PASS');
    expect(squeezed).toContain('1 6,944 10 ms 52.3±0.5 ms 101±1 ms 0.042 % database 100 %, ✗ FAIL');
  });

  it('say below why one fails, and where the details are', () => {
    expect(text).toContain('Step 1: Load balancer, app servers, PostgreSQL\n  FAIL: p95(latency) < 500 ms (4.2 s)');
    expect(text).toContain('unstable: `database` in peak (3 of 5 replications): 49,389 visits/s arrive');
    expect(text).toContain('`shop-plan simulate peak --step <n>`');
  });

  it('are told in detail on demand', () => {
    const full = textOf(simulationByHand(UNSTABLE, stepByHand()), { full: true });
    expect(full).toContain('Step 2: A Redis cache in front of the database\nverdict');
    expect(full).not.toContain('--step <n>');
  });
});

describe('a single step', () => {
  it('begins with the verdicts, with interval', () => {
    const [, , , , verdict] = textOf(simulationByHand()).split('\n');
    expect(verdict).toBe('✓ PASS   p95(latency) < 500 ms  p95 = 52.3 ms  [51.8, 52.8]  n = 416,664');
  });

  it.each([
    [
      'a tier that cannot keep up, and in how many replications',
      UNSTABLE,
      'unstable: `database` in peak (3 of 5 replications): 49,389 visits/s',
    ],
    ['the worst error of Little’s law', UNSTABLE, "Little's law holds within 1.23 % at every tier."],
    [
      'a tier that cannot keep up in several phases once, with the worst of them',
      stepByHand({
        instabilities: [
          { ...OVERLOAD, phase: 'ramp', offeredUtilisation: 1.1, because: '11,000 visits/s arrive' },
          OVERLOAD,
        ],
      }),
      'unstable: `database` in ramp, peak (3 of 5 replications): 49,389 visits/s',
    ],
    [
      'a time that may be longer',
      stepByHand({
        classes: [{ class: 'rare', ...loadByHand({ p99_s: { value: 10, halfWidth95: 0, atLeast: true } }) }],
      }),
      '52.3±0.5 ms  ≥ 10 s',
    ],
    [
      'a check that failed',
      stepByHand({
        judgement: {
          ...stepByHand().judgement,
          validity: [
            { name: 'drops', severity: 'invalid', ok: false, detail: '7 were dropped', help: 'lower the rate' },
          ],
        },
      }),
      'invalid[drops]: 7 were dropped\n  = help: lower the rate',
    ],
    [
      'a precision that was not reached',
      stepByHand({ precision: 0.08, precisionAsked: 0.05 }),
      'warning[precision]: 5 replications reach 8 %, not 5 %',
    ],
    [
      'an interval that may be too narrow',
      stepByHand({ warnings: ['one part resembles the next'] }),
      'warning[intervals]: one part',
    ],
    [
      'where Little’s law cannot hold',
      stepByHand({ tiers: [tierByHand('app', 1, { littleError: 0.4 })] }),
      "Little's law is off by up to 40 %, where much was still inside at the end.",
    ],
    ['what was cut', stepByHand({ warmUp_s: 12 }), 'The first 12 s that are judged by the scenario do not count'],
    [
      'what was not simulated as the plan has it',
      stepByHand({ notes: ['no route visits `search`'] }),
      'note: no route visits `search`',
    ],
    ['how much was simulated', stepByHand(), '5 replications of 105 s: 3,645,810 requests, 18,400,000 events.'],
    ['what became of every request', stepByHand(), 'Every request is accounted for: 3,644,279 ok + 1,531 failed.'],
    [
      'what happened when',
      stepByHand({ timeline: [{ at_s: 30, kind: 'crash', tier: 'app', detail: '1 of 9' }] }),
      '30 s  crash  app   1 of 9',
    ],
    [
      'that nothing was expected',
      stepByHand({ judgement: { outcome: 'NOT_JUDGED', verdicts: [], validity: [] } }),
      'Not judged: neither',
    ],
    [
      'a class of which nothing was seen',
      stepByHand({ classes: [{ class: 'rare', ...loadByHand({ p50_s: null, p95_s: null, p99_s: null }) }] }),
      'rare   6,944  0.042 %  15.1 ms    -    -    -',
    ],
  ])('tells %s', (_, step, expected) => {
    expect(textOf(simulationByHand(step)).replaceAll(/(\S)\n(?=\S)/g, '$1 ')).toContain(
      expected.replaceAll(/(\S)\n(?=\S)/g, '$1 '),
    );
  });

  it('tells once what makes all verdicts invalid', () => {
    const detail = 'the run ended early: interrupted';
    const verdicts = ['p50', 'p95'].map((name) => ({
      ...verdictByHand(`${name}(latency) < 500 ms`, 'INVALID', 1),
      because: detail,
    }));
    const validity = [{ name: 'complete', severity: 'invalid' as const, ok: false, detail, help: 'run it again' }];
    const text = textOf(simulationByHand(stepByHand({ judgement: { outcome: 'INVALID', verdicts, validity } })));
    expect(text.split(detail)).toHaveLength(2);
  });

  it('shows the first events of many, and all on demand', () => {
    const timeline = Array.from({ length: 40 }, (_, at_s) => ({
      at_s,
      kind: 'scale-out',
      tier: 'app',
      detail: `${at_s}`,
    }));
    const step = stepByHand({ timeline });
    expect(textOf(simulationByHand(step))).toContain('28 more; `--full` lists them.');
    expect(textOf(simulationByHand(step), { full: true })).toContain('39 s  scale-out');
  });

  it('plots response time and utilisation on demand, within the width', () => {
    const at_s = Array.from({ length: 60 }, (_, second) => second);
    const series = {
      at_s,
      p95_s: at_s.map((second) => (second === 7 ? null : 0.05 + second / 1000)),
      tiers: Array.from({ length: 12 }, (_, index) => ({ tier: `t${index}`, utilisation: at_s.map(() => index / 12) })),
    };
    const full = textOf(simulationByHand(stepByHand({ series })), { full: true });
    expect(full).toContain('p95 of response time');
    expect(full).toContain('utilisation, the busiest 8 of 12');
    expect(Math.max(...full.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });
});

it.each([80, 120])('fits %d columns', (width) => {
  for (const full of [false, true]) {
    const text = textOf(simulationByHand(UNSTABLE, stepByHand()), { full, width });
    expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(width);
  }
});

it('gives tables of raw numbers as CSV', () => {
  const csv = documentCsv(simulationDocument(simulationByHand(), { full: false, width: 80 }));
  expect(csv).toContain('table,tier,kind,instances,servers,throughput_per_s,utilisation');
  expect(csv).toContain('tiers,database,postgres,1,4,6944.4,0.62');
});

describe('the schema', () => {
  it('takes what is written, and nothing half', () => {
    expect(SIMULATION_SCHEMA.safeParse(JSON.parse(JSON.stringify(simulationByHand(UNSTABLE)))).success).toBe(true);
    const { seed: _, ...half } = simulationByHand();
    expect(SIMULATION_SCHEMA.safeParse(half).success).toBe(false);
  });

  it('is published as JSON Schema', () => {
    expect(simulationJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { kind: { const: 'simulation' }, formatVersion: { const: 1 } },
    });
  });
});
