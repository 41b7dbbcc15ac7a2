import { describe, expect, it } from 'vitest';
import type { Simulation, StepSimulation, TierInstability } from '../model/questions/simulation.ts';
import { documentCsv } from './document-csv.ts';
import { documentText } from './document-text.ts';
import { simulationDocument } from './simulation-document.ts';
import { SIMULATION_SCHEMA, simulationJsonSchema } from './simulation-schema.ts';
import { plainStyle } from './style.ts';
import {
  loadByHand,
  phaseByHand,
  simulationByHand,
  stepByHand,
  tierByHand,
  verdictByHand,
} from './testing/simulation-by-hand.ts';

const COMMAND = 'shop-plan simulate ./peak.yaml --scale 2';

function textOf(simulation: Simulation, { full = false, width = 80 } = {}): string {
  return documentText(simulationDocument(simulation, { full, width, command: COMMAND }), { style: plainStyle, width });
}

const OVERLOAD: TierInstability = {
  tier: 'database',
  phase: 'peak',
  replications: 3,
  offeredUtilisation: 4.94,
  faults: [],
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
  const simulation = simulationByHand(UNSTABLE, stepByHand());
  const text = textOf(simulation);

  it('stand side by side first, each with its busiest tier and its verdict', () => {
    const squeezed = textOf(simulation, { width: 100 }).replaceAll(/[ \u00A0]+/g, ' ');
    expect(squeezed).toContain('2 6,944 10 ms 52.3±0.5 ms 101±1 ms 0.042 % app 77 % ✓ PASS');
    expect(squeezed).toContain('1 6,944 10 ms 52.3±0.5 ms 101±1 ms 0.042 % ! database 100 % ✗ FAIL');
  });

  it('say below why one fails, and where the details are', () => {
    expect(text).toContain('Step 1: Load balancer, app servers, PostgreSQL\n  FAIL: p95(latency) < 500 ms (4.2 s)');
    expect(text).toContain('unstable: `database` in peak (3 of 5 replications): 49,389 visits/s arrive');
    expect(text).toMatch(/^ {2}shop-plan simulate .\/peak.yaml --scale 2 --step 1$/m);
  });

  it('say what would tell, where it cannot be told', () => {
    const open = {
      ...verdictByHand('p95(latency) < 500 ms', 'INCONCLUSIVE', 0.5),
      help: 'simulate 3 more replications, or longer ones',
    };
    const judgement = { outcome: 'INCONCLUSIVE' as const, verdicts: [open, open], validity: [] };
    const told = textOf(simulationByHand(stepByHand({ judgement }), stepByHand()));
    expect(told.split('  = help: simulate 3 more replications, or longer ones\n')).toHaveLength(2);
  });

  it('fit 80 columns, with names as long as they come, and no marker on a line of its own', () => {
    const tier = 'notification-workers';
    const crowded = stepByHand({
      judgement: { outcome: 'INCONCLUSIVE', verdicts: [], validity: [] },
      all: loadByHand({ throughput_per_s: { value: 69_444, halfWidth95: 1 } }),
      tiers: [tierByHand(tier, 0.785)],
      instabilities: [{ ...OVERLOAD, tier }],
    });
    const told = textOf(simulationByHand(crowded, stepByHand()));
    expect(Math.max(...told.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(told).toContain('!\u00A0notification');
    expect(told).toContain('78.5\u00A0%');
  });

  it('are told in detail on demand', () => {
    const full = textOf(simulationByHand(UNSTABLE, stepByHand()), { full: true });
    expect(full).toContain('Step 2: A Redis cache in front of the database\nverdict');
    expect(full).not.toContain('--step');
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
    [
      'what became of every request',
      stepByHand(),
      'Every request is accounted for: 3,644,279 ok + 1,400 answered with an error + 131 timed out.',
    ],
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

  it('says once what to do about tiers that cannot keep up, unless a fault of the scenario is on all of them', () => {
    const textWith = (...faults: readonly (readonly string[])[]): string =>
      textOf(
        simulationByHand(
          stepByHand({ instabilities: faults.map((each, at) => ({ ...OVERLOAD, tier: `t${at}`, faults: each })) }),
        ),
      ).replaceAll(/\s+/g, ' ');
    expect(textWith([], ['slow']).split('add capacity')).toHaveLength(2);
    expect(textWith(['slow'])).toContain("49,389 visits/s arrive; the scenario's fault (slow) is on it then = help:");
    expect(textWith(['slow'])).not.toContain('add capacity');
  });

  it('has the phases where several are judged, and on demand', () => {
    const several = stepByHand({
      phases: [
        phaseByHand('before'),
        phaseByHand('outage', { p99_s: { value: 10, halfWidth95: null, atLeast: true } }),
      ],
    });
    expect(textOf(simulationByHand(several))).toMatch(/^outage  yes     6,944  0.042 %  10.2 ms  52.3 ms  ≥ 10 s$/m);
    expect(textOf(simulationByHand())).not.toContain('phase');
    expect(textOf(simulationByHand(), { full: true })).toMatch(/^ramp   no /m);
  });

  it('says which tiers refused or failed what, and which messages died', () => {
    const counters = {
      per_s: {
        'app.errors': 139.2,
        'app.refused': 29.6,
        'database.errors': 0,
        'email.redelivered': 0.5,
        'bill.redelivered': 0,
      },
      per_replication: { 'email.dead': 12, 'bill.dead': 0 },
      mean_age_s: { email: 1.5 },
    };
    const step = stepByHand({ counters });
    const text = textOf(simulationByHand(step));
    expect(text).toMatch(/^ {2}app: 29.6 visits\/s refused, 139 visits\/s failed$/m);
    expect(text).toMatch(/^ {2}email: 12 messages died a replication, 0.5 messages\/s delivered again$/m);
    expect(text).not.toMatch(/^ {2}(?:database|bill):/m);
    const full = textOf(simulationByHand(step), { full: true });
    expect(full).toMatch(/^email\.dead +12 a replication$/m);
    expect(full).toMatch(/^email\.age +1\.5 s$/m);
    expect(textOf(simulationByHand())).not.toContain('Where it failed');
  });

  it('explains what is no tier of the plan', () => {
    const text = textOf(simulationByHand(stepByHand({ tiers: [tierByHand('(elsewhere)', 0)] })));
    expect(text).toMatch(/^elsewhere +6,944 +12\.3/m);
    expect(text).toContain('elsewhere: time that requests spend on what is no tier of the plan');
    expect(text).not.toContain('(elsewhere)');
  });

  it('shows how far Little’s law is off by tier where there is room, on demand', () => {
    const shown = (full: boolean, width: number): boolean =>
      /^tier .* Little$/m.test(textOf(simulationByHand(), { full, width }));
    expect([shown(true, 100), shown(true, 80), shown(false, 100)]).toEqual([true, false, false]);
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
  const csv = documentCsv(simulationDocument(simulationByHand(), { full: false, width: 80, command: COMMAND }));
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
