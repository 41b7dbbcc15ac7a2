import { lruHitRatio } from '../../laws/caching/che.ts';
import { earlyRefreshProbability } from '../../laws/caching/xfetch.ts';
import { zipfPopularity } from '../../laws/caching/zipf-popularity.ts';
import { guarded, outOfDomain, plain, takes } from './formula-function.ts';
import type { FormulaFunction } from './formula-function.ts';

const CHE = ['objects', 'cached', 'exponent'] as const;
const EARLY = ['time_left', 'recompute_time', 'beta'] as const;

export const CACHING_FUNCTIONS: readonly FormulaFunction[] = [
  guarded({
    name: 'che_hit_ratio',
    parameters: CHE,
    formula: 'h = Σ p (1 − e^(−pT)), T where Σ (1 − e^(−pT)) is what the cache holds, p by Zipf',
    source: 'Che, Tung, Wang, IEEE JSAC 20 (2002)',
    dimension: takes(['count', 'count', 'plain'], plain),
    refuses: (args) => outOfDomain(CHE, ['positive', 'not negative', 'not negative'], args),
    apply: ([objects = 1, cached = 0, exponent = 1]) =>
      lruHitRatio(zipfPopularity(Math.max(1, Math.round(objects)), exponent), cached),
  }),
  guarded({
    name: 'early_refresh',
    parameters: EARLY,
    formula: 'P = e^(−left / (δβ))',
    source: 'Vattani, Chierichetti, Lowenstein, Optimal Probabilistic Cache Stampede Prevention, VLDB 8 (2015)',
    dimension: takes(['time', 'time', 'plain'], plain),
    refuses: (args) => outOfDomain(EARLY, ['not negative', 'positive', 'positive'], args),
    apply: ([left = 0, recompute = 1, beta = 1]) => earlyRefreshProbability(left, recompute, beta),
  }),
];
