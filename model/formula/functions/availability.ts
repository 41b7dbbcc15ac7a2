import { downtime_s } from '../../laws/availability/downtime.ts';
import { kOfNAvailability } from '../../laws/availability/k-of-n.ts';
import { repairedAvailability } from '../../laws/availability/repair.ts';
import { parallelAvailability, seriesAvailability } from '../../laws/availability/series-parallel.ts';
import type { Dimension } from '../../units/dimension.ts';
import { guarded, outOfDomain, plain, takes } from './formula-function.ts';
import type { FormulaFunction } from './formula-function.ts';

const TRIVEDI = 'Trivedi, Probability and Statistics with Reliability, 2nd ed., 2002, ch. 3';
const TIME: Dimension = new Map([['time', 1]]);

export const AVAILABILITY_FUNCTIONS: readonly FormulaFunction[] = [
  guarded({
    name: 'availability',
    parameters: ['mtbf', 'mttr'],
    formula: 'A = MTBF / (MTBF + MTTR)',
    source: TRIVEDI,
    dimension: takes(['time', 'time'], plain),
    refuses: (args) => outOfDomain(['mtbf', 'mttr'], ['positive', 'not negative'], args),
    apply: ([mtbf = 1, mttr = 0]) => repairedAvailability(mtbf, mttr),
  }),
  guarded({
    name: 'series',
    parameters: ['a', 'b'],
    variadic: true,
    formula: 'A = a b …',
    source: TRIVEDI,
    dimension: takes(['plain'], plain),
    refuses: (args) => outOfDomain(['a', 'b'], ['share'], args),
    apply: (args) => seriesAvailability(args),
  }),
  guarded({
    name: 'parallel',
    parameters: ['a', 'n'],
    formula: 'A = 1 − (1 − a)ⁿ',
    source: TRIVEDI,
    dimension: takes(['plain', 'count'], plain),
    refuses: (args) => outOfDomain(['a', 'n'], ['share', 'count'], args),
    apply: ([a = 0, n = 1]) => parallelAvailability(Array.from({ length: n }, () => a)),
  }),
  guarded({
    name: 'k_of_n',
    parameters: ['k', 'n', 'a'],
    formula: 'A = Σᵢ₌ₖⁿ (n over i) aⁱ (1 − a)ⁿ⁻ⁱ',
    source: TRIVEDI,
    dimension: takes(['count', 'count', 'plain'], plain),
    refuses: (args) => {
      const [k = 1, n = 1] = args;
      const domain = outOfDomain(['k', 'n', 'a'], ['count', 'count', 'share'], args);
      if (domain || k <= n) return domain;
      return { problem: 'RANGE', message: 'more are needed than there are', help: 'write `k_of_n(k, n, a)`' };
    },
    apply: ([k = 1, n = 1, a = 0]) => kOfNAvailability(a, k, n),
  }),
  guarded({
    name: 'downtime',
    parameters: ['availability', 'period'],
    formula: '(1 − A) × period',
    source: TRIVEDI,
    dimension: takes(['plain', 'time'], () => TIME),
    refuses: (args) => outOfDomain(['availability', 'period'], ['share', 'positive'], args),
    apply: ([a = 1, period = 1]) => downtime_s(a, period),
  }),
];
