import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { simulateCommand } from '../../cli/commands/simulate.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { SIMULATION_SCHEMA, simulationJsonSchema } from '../../reports/simulation-schema.ts';
import { plainStyle } from '../../reports/style.ts';
import { shopPlan } from './shop-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** An app alone, which step 2 scales out. */
const PLAN = file(
  'plan.yaml',
  `
plan: mine
assume: { load: 60 req/s }
requests: { view: { share: 100 %, kind: read, method: GET, path: /, timeout: 2 s } }
slo: [p95(latency) < 400 ms]
architecture:
  - { step: 1, name: One server, tiers: { app: { kind: express, instances: 1, demand: load, capacity: 100 req/s } } }
  - { step: 2, name: Three servers, tiers: { app: { instances: 3 } } }
`,
);

function scenario(name: string, lines: string): string {
  return file(`${name}.yaml`, `scenario: ${name}\ntitle: A test\nplan: mine\n${lines}\n`);
}

const CALM = scenario('calm', 'phases: [{ name: all, duration: 60 s, rate: load }]');
const STRICT = scenario('strict', 'phases: [{ name: all, duration: 60 s, rate: load }]\nexpect: [p95(latency) < 1 ms]');
const CROWD = scenario('crowd', 'phases: [{ name: all, duration: 30 s, rate: 150 req/s }]');
const BLIND = scenario('blind', 'phases: [{ name: all, duration: 10 s, rate: load }]\nexpect: [cpu(app) < 1 core]');
const LATER = scenario('later', 'steps: [2]\nphases: [{ name: all, duration: 10 s, rate: load }]');

function simulate(...args: readonly string[]) {
  return shopPlan(['simulate', '--plan', PLAN, ...args]);
}

describe('shop-plan simulate --profile', () => {
  it('needs a calibration of the step, and says how to make one', async () => {
    const { code, stderr } = await shopPlan(['simulate', '--plan', PLAN, CALM, '--profile', 'machine'], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toContain('step 1 of mine was not calibrated on this machine');
    expect(stderr).toContain('`shop-plan calibrate mine --step 1`');
  });

  it('names the file and the field that is wrong', async () => {
    const damaged = file('damaged.json', '{"kind":"calibration","formatVersion":1}');
    const { code, stderr } = await simulate(CALM, '--profile', damaged);
    expect(code).toBe(2);
    expect(stderr).toContain(`${damaged} cannot be read as a calibration: `);
    expect(stderr).toContain('`cores`');
  });
});

describe('shop-plan simulate', () => {
  it('shows every step side by side, and passes when all of them do', async () => {
    const { code, stdout, stderr } = await simulate(CALM);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('A test (calm) on mine: simulated at full scale, seed 42');
    expect(stdout).toMatch(/^ +1 +\d+.* app [56]\d(\.\d)? % +✓ PASS$/m);
    expect(stdout).toMatch(/^ +2 +\d+.* app [12]\d(\.\d)? % +✓ PASS$/m);
  });

  it('tells one step in detail, with the warm-up and what it rests on', async () => {
    const { code, stdout } = await simulate(CALM, '--step', '2', '--full');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ PASS +p95\(latency\) < 400 ms +p95 = [\d.]+ ms +\[/m);
    expect(stdout).toMatch(/^app +3 +/m);
    expect(stdout).toContain('Every request is accounted for');
    expect(stdout).toContain('p95 of response time');
    expect(stdout).toMatch(/^app\.visits +/m);
  });

  it('fails with 1 when an expectation is missed, and says by how much', async () => {
    const { code, stdout } = await simulate(STRICT, '--step', '1');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ FAIL +p95\(latency\) < 1 ms/m);
  });

  it('says which tier cannot keep up, and ends all the same', async () => {
    const { code, stdout } = await simulate(CROWD, '--step', '1');
    expect(code).toBe(1);
    expect(stdout).toContain('unstable: `app` in all');
  });

  it('ends with 4 when it cannot be told', async () => {
    const { code, stdout } = await simulate(BLIND, '--step', '1');
    expect(code).toBe(4);
    expect(stdout).toContain('NO DATA');
  });

  it('simulates what is set, at the scale that is asked for', async () => {
    const { code, stdout } = await simulate(CROWD, '--step', '1', '--set', 'app.instances=20', '--scale', '10');
    expect(code).toBe(0);
    expect(stdout).toContain('simulated at 10 times its rates');
    expect(stdout).toMatch(/^app +20 +1,[45]\d\d/m);
  });

  it('ends with a command that works as it stands', async () => {
    const { stdout } = await simulate(CROWD, '--scale', '0.5', '--seed', '7', '--set', 'app.instances=2');
    const [, command = ''] = /^ {2}shop-plan (simulate .*)$/m.exec(stdout) ?? [];
    expect(command).toContain('--scale 0.5 --seed 7 --set app.instances=2 --step 1');
    const details = await shopPlan(command.split(' '));
    expect(details.stdout).toContain('(crowd) on mine, step 1 (One server): simulated at 0.5 times its rates, seed 7');
    expect(details.stdout).toMatch(/^app +2 /m);
  });

  it('goes on until the precision is reached', async () => {
    const { stdout } = await simulate(CALM, '--step', '2', '--until-precision', '3%', '--json');
    const { steps } = SIMULATION_SCHEMA.parse(JSON.parse(stdout));
    expect(steps[0]?.precision).toBeLessThanOrEqual(0.03);
    expect(steps[0]?.replications).toBeGreaterThan(5);
  });
});

describe('every format', () => {
  it.each([80, 120])('fits %d columns', async (columns) => {
    const { stdout } = await shopPlan(['simulate', '--plan', PLAN, CROWD, '--full'], { COLUMNS: String(columns) });
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  });

  it('has the steps and their details as CSV, Markdown and YAML', async () => {
    const [csv, markdown, yaml] = await Promise.all(
      ['csv', 'markdown', 'yaml'].map((format) => simulate(CALM, '--format', format, '--full')),
    );
    expect(csv?.stdout).toMatch(/^table,step,name,throughput_per_s,error_share,p50_s/);
    expect(csv?.stdout).toContain('\ntiers,app,express,3,1,');
    expect(markdown?.stdout).toContain('| step |');
    expect(yaml?.stdout).toMatch(/^formatVersion: 1\nkind: simulation\n/);
  });
});

describe('the same seed', () => {
  it('gives the same bytes, whatever the number of workers', async () => {
    const each = await Promise.all([
      simulate(CALM, '--json', '--full'),
      simulate(CALM, '--json', '--full', '--workers', '1'),
      simulate(CALM, '--json', '--full', '--workers', '2'),
      simulate(CALM, '--json', '--full', '--seed', '43'),
    ]);
    const [first, one, two, other] = each.map(({ stdout }) => stdout);
    expect([one, two]).toEqual([first, first]);
    expect(other).not.toBe(first);
  });

  it('gives JSON by the schema that `schema simulation` prints', async () => {
    expect(JSON.parse((await shopPlan(['schema', 'simulation'])).stdout)).toEqual(simulationJsonSchema());
    const { stdout } = await simulate(CROWD, '--json');
    const simulation = SIMULATION_SCHEMA.parse(JSON.parse(stdout));
    expect(Object.keys(JSON.parse(stdout) as object).slice(0, 2)).toEqual(['formatVersion', 'kind']);
    expect(simulation.steps.map(({ step, judgement }) => [step, judgement.outcome])).toEqual([
      [1, 'FAIL'],
      [2, 'PASS'],
    ]);
    expect(simulation.steps[0]?.instabilities[0]?.offeredUtilisation).toBeGreaterThan(1);
  });
});

describe('wrong usage ends with 2, and says what to write', () => {
  it.each([
    [['peek'], 'did you mean `peak`?'],
    [['peak'], 'this scenario is for `amazon-shop`, not for `mine`'],
    [[CALM, '--step', '9'], 'mine has no step 9'],
    [[LATER, '--step', '1'], '`later` is not for step 1'],
    [[CALM, '--scale', '0'], 'above 0, 100 at most'],
    [[CALM, '--scale', '101'], 'above 0, 100 at most'],
    [[CALM, '--replications', '0'], 'whole number from 1'],
    [[CALM, '--until-precision', '500%'], 'such as 5%'],
    [[CALM, '--json', '--format', 'csv'], "'--json' cannot be used with option '--format"],
    [[CALM, '--workers', 'all'], 'whole number'],
    [[CALM, '--set', 'app.instance=3'], '`app.instances`'],
  ])('%j', async (args, says) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });
});

it('ends at once with 130 when it is interrupted in the middle, and prints nothing', async () => {
  const stop = new AbortController();
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const terminal: Terminal = {
    format: 'text',
    json: false,
    style: plainStyle,
    errStyle: plainStyle,
    width: 80,
    out: print,
    printJson: () => print('JSON'),
    err: print,
    message: print,
    aside: print,
    isLive: false,
    progress: () => stop.abort(new Error('interrupted')),
  };
  const options = { plan: PLAN, scale: 100, seed: 42, replications: 1000, workers: 2, set: ['app.instances=60'] };
  expect(await simulateCommand({ terminal, signal: stop.signal }, CALM, options)).toBe(130);
  expect(printed).toEqual([]);
});
