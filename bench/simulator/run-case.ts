import { createHistogram, decode, mean, merge } from '../../model/observation/histogram.ts';
import { simulate } from '../../model/simulator/kernel/simulate.ts';
import { BY_HAND } from '../../model/simulator/testing/systems.ts';
import { fourStations, fourTiers, mm1, mmc, scenario, wholeShop, type Case } from './cases.ts';

// One case in a process of its own, so that no other has warmed or muddled its code: `node run-case.ts <case> <number>…`.

export interface CaseFigures {
  readonly wall_s: number;
  readonly simulated_s: number;
  readonly events: number;
  readonly customers: number;
  readonly mean_s: number;
  readonly peak_mb: number;
}

const CASES: Readonly<Record<string, (...numbers: number[]) => Case | Promise<Case>>> = {
  mm1,
  mmc,
  'four-stations': fourStations,
  'four-tiers': fourTiers,
  'whole-shop': wholeShop,
  peak: (step = 1, scale = 1) => scenario('peak', step, scale),
};

function figuresOf({ system, load }: Case): CaseFigures {
  const start = performance.now();
  const { observation, events } = simulate(system, load, { seed: 1, warmUp_s: 0, what: BY_HAND });
  const wall_s = (performance.now() - start) / 1000;
  const responses = createHistogram();
  for (const each of observation.classes) merge(responses, decode(each.response_us));
  return {
    wall_s,
    simulated_s: load.phases.reduce((sum, phase) => sum + phase.duration_s, 0),
    events,
    customers: observation.totals.sent,
    mean_s: mean(responses) / 1e6,
    peak_mb: process.resourceUsage().maxRSS / 1024,
  };
}

const [name = '', ...numbers] = process.argv.slice(2);
const make = CASES[name];
if (make === undefined) throw new RangeError(`no case ${name}, only ${Object.keys(CASES).join(', ')}`);
process.stdout.write(JSON.stringify(figuresOf(await make(...numbers.map(Number)))));
