import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPlan, loadScenario, planOf, shippedPlans, shippedScenarios } from '../../api/files.ts';
import { ENGINES } from '../../engines/index.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { FUNCTIONS } from '../../model/formula/functions.ts';
import { parseMetric } from '../../model/judge/parse-metric.ts';
import { FAULT_KINDS } from '../../model/scenario/fault-keys.ts';
import { TIER_KINDS } from '../../model/topology/topology.ts';
import { UnitTable } from '../../model/units/unit.ts';

// Every word that files of ours may use is told of, and nothing is told of that is not there.
const plans = readFileSync('docs/plan-language.md', 'utf8');
const scenarios = readFileSync('docs/scenario-language.md', 'utf8');
const formulas = readFileSync('docs/formulas.md', 'utf8');
const engines = readFileSync('engines/README.md', 'utf8');
const shipped = await Promise.all(shippedPlans().map((name) => loadPlan(name, { claims: false })));
const byName = new Map(shipped.map((plan) => [plan.name, plan]));

/** The names in the first cells of the table with this heading, in order. */
function toldIn(text: string, heading: string): string[] {
  const [, rows = ''] = new RegExp(`^\\| ${heading} +\\|.*\\n\\|[ |:-]+\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? [];
  const cells = rows.split('\n').map((row) => /^\| ([^|]*)/.exec(row)?.[1] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)[^`]*`/g)].map(([, name = '']) => name));
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();

describe('the words of plans', () => {
  it('kinds of tiers', () => expect(sorted(toldIn(plans, 'kind'))).toEqual(sorted(TIER_KINDS)));

  it('units, by the first of their spellings', () => {
    const [, section = ''] = /\n## Names and units\n([\s\S]*?)\n## /.exec(plans) ?? [];
    const rows = section.split('\n').filter((row) => /^\| \w/.test(row));
    const told = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, unit = '']) => unit));
    const units = UnitTable.standard;
    expect(told.filter((name) => !units.get(name)).filter((name) => name !== 'units:')).toEqual([]);
    const series = /^(?:[KMGTPE]i?B|[KMGTPE]bit|[kK]B|[KMG]bps)$/;
    const symbols = [...units.names()].flatMap((name) => units.get(name)?.symbol ?? []);
    expect(sorted(symbols).filter((symbol) => !told.includes(symbol) && !series.test(symbol))).toEqual([]);
  });

  it('metrics', () => {
    const unknown = parseMetric('nothing_like_it');
    const all = 'help' in unknown ? unknown.help.replace('metrics: ', '') : '';
    const names = [...all.matchAll(/([\w.]+)(?:\(…\))?(?:, |$)/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(10);
    const told = toldIn(plans, 'metric').map((name) => (/^p\d/.test(name) ? 'p95' : name));
    expect(sorted(told)).toEqual(sorted(names));
  });

  it.each([...FUNCTIONS.values()])('the function $name, with its parameters', ({ name, parameters }) => {
    expect(formulas).toContain(`\`${name}(${parameters.join(', ')}`);
  });
});

describe('the words of scenarios', () => {
  it('faults', () => expect(toldIn(scenarios, 'fault')).toEqual([...FAULT_KINDS]));

  it.each([
    ['probe', INSTRUMENTS.probes],
    ['watch', INSTRUMENTS.watches],
    ['check', INSTRUMENTS.checks],
  ])('every %s', (heading, known) => expect(sorted(toldIn(scenarios, heading))).toEqual(sorted(known.keys())));

  it.each([...ENGINES.keys()])('the engine %s', (name) => {
    const [, section = ''] = scenarios.split('\n## Engines\n');
    expect(section.split('\n## ')[0]).toContain(`\`${name}\``);
    expect(engines.split('\n').find((line) => line.startsWith('| '))).toContain(`\`${name}\``);
  });
});

it.each(shippedScenarios())('the scenario %s is for its plan, and says what it is', async (name) => {
  const plan = byName.get(planOf(name));
  if (!plan) throw new Error(`there is no plan ${planOf(name)}`);
  const { title, phases } = await loadScenario(name, plan);
  expect(title).not.toBe(name);
  expect(phases.length).toBeGreaterThan(0);
});
