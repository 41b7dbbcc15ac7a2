import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPlan, loadScenario } from '../../api/files.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { readGate, readGateHead } from '../../model/gate/read-gate.ts';

const text = readFileSync('docs/gate-language.md', 'utf8');
const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, example = '']) => example);
const plan = await loadPlan('amazon-shop');
const runs = [{ plan, scenario: await loadScenario('moderate', plan), step: 2, instruments: INSTRUMENTS }];

describe('docs/gate-language.md', () => {
  it('shows a gate that is accepted', () => {
    const [gate = ''] = examples;
    expect(readGateHead('gate.yaml', gate)).toEqual({ plan: 'amazon-shop', step: 2, scenarios: ['moderate'] });
    expect(readGate('gate.yaml', gate, plan, runs)).toMatchObject({
      name: 'Checkout',
      passScore: 0.9,
      criteria: { length: 6 },
    });
  });

  it('shows OpenSLO documents with what they become', () => {
    const [, slo = ''] = examples;
    const said = [...slo.matchAll(/# (.*)/g)].map(([, criterion]) => criterion);
    expect(readGate('slo.yaml', slo, plan, runs).criteria.map(({ criterion }) => criterion.text)).toEqual(said);
  });
});
