import { describe, expect, it } from 'vitest';
import type { Ledger, LedgerRow, Reading } from '../model/claims/ledger.ts';
import { ledgerText } from './ledger-text.ts';
import { plainStyle } from './style.ts';

const READING: Reading = { verdict: 'holds', metric: 'p95(latency)', scenario: 'peak', step: 2 };

const NOT_SIMULATED: LedgerRow = {
  claim: 'design.latency.p95_of_all_requests',
  document: 'design',
  section: 'Latency',
  asks: 'do 95 % of all requests take less than 500 ms?',
  claimed: '< 500 ms',
  unit: 's',
  claimedUnit: { symbol: 'ms', factor: 1e-3 },
  computed: { value: 0.11, formula: 'latency.search.total', finding: 'holds' },
  measured: { ...READING, value: 0.248, low: 0.24, high: 0.256, samples: 420_000, run: '.shop-plan/runs/x' },
  verdict: 'holds',
  known: 'holds',
  asKnown: true,
};

const ROW: LedgerRow = {
  ...NOT_SIMULATED,
  simulated: { ...READING, value: 0.212, low: 0.209, high: 0.215, samples: 2_100_000, replications: 5 },
};

function textOf(rows: readonly LedgerRow[], width = 80): string {
  const ledger: Ledger = { formatVersion: 1, kind: 'ledger', plan: 'amazon-shop', rows };
  return ledgerText(ledger, { style: plainStyle, width, full: false });
}

describe('the ledger', () => {
  it('shows claimed, computed, simulated and measured side by side, in the unit of the claim', () => {
    const [head = '', , row = ''] = textOf([ROW]).split('\n');
    expect(head.split(/ {2,}/)).toEqual(['design', 'claimed', 'computed', 'simulated', 'measured', 'verdict']);
    expect(row.split(/ {2,}/).slice(1)).toEqual(['< 500 ms', '110', '212', '248', '✓ holds']);
  });

  it('says what both readings rest on', () => {
    const text = textOf([ROW], 120);
    expect(text).toContain(
      'simulated 212 ms [209 ms, 215 ms]: p95(latency) in peak at step 2, n = 2,100,000 in 5 replications',
    );
    expect(text).toContain(
      'measured 248 ms [240 ms, 256 ms]: p95(latency) in peak at step 2, n = 420,000; .shop-plan/runs/x',
    );
    expect(text).toContain('1 claims: 1 holds; 1 simulated, 1 measured');
  });

  it('leaves the simulated value empty where the model cannot know it, with the reason below', () => {
    const simulated: Reading = { ...READING, verdict: 'no data', detail: 'the processors of `app` were not read' };
    const text = textOf([{ ...ROW, simulated }], 120);
    expect(text.split('\n')[2]).toMatch(/110 +248 {2}✓ holds$/);
    expect(text).toContain('simulated nothing: p95(latency) in peak at step 2; the processors of `app` were not read');
  });

  it('says where only the simulation settles a claim, and what a figure is compared with', () => {
    const versus = { as: 'ratio', metric: 'p95(latency)', scenario: 'quiet', step: 1, phase: 'all' } as const;
    const { measured: _, simulated } = ROW;
    const settled = {
      ...NOT_SIMULATED,
      simulated: { ...READING, ...simulated, versus },
      settledIn: 'simulated',
    } as const;
    const text = textOf([settled], 160);
    expect(text.split('\n')[2]).toMatch(/✓ holds \(simulated\)$/);
    expect(text).toContain('p95(latency) in peak at step 2 over p95(latency) in quiet (all) at step 1');
  });

  it('has no column for what no row of a document has', () => {
    const { measured: _, ...neither } = NOT_SIMULATED;
    expect(textOf([neither]).split('\n')[0]?.split(/ {2,}/)).toEqual(['design', 'claimed', 'computed', 'verdict']);
    expect(textOf([NOT_SIMULATED])).toContain('1 claims: 1 holds; 1 measured');
  });

  it('has a table of what was run where there is no room for it beside the rest', () => {
    const long = { ...NOT_SIMULATED, claim: 'design.bandwidth', claimed: '125 megabytes/s/server' };
    const [first = '', second = ''] = textOf([ROW, { ...long, verdict: 'contradicted', known: 'contradicted' }]).split(
      '\n\n',
    );
    expect(first.split('\n')[0]?.split(/ {2,}/)).toEqual(['design', 'claimed', 'computed', 'verdict']);
    expect(second.split('\n')[0]?.split(/ {2,}/)).toContain('simulated');
  });

  it('stays within 80 columns', () => {
    for (const line of textOf([ROW]).split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});
