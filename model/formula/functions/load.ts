import { drainTime_s } from '../../laws/backlog/backlog.ts';
import { retrySchedule } from '../../laws/backlog/retry.ts';
import { uslThroughput_per_s } from '../../laws/scalability/usl.ts';
import { DIMENSIONLESS, multiply } from '../../units/dimension.ts';
import { guarded, nameOf, outOfDomain, takes } from './formula-function.ts';
import type { DimensionRule, FormulaFunction } from './formula-function.ts';
import { sameDimension } from '../../units/dimension.ts';

const DRAIN = ['backlog', 'service_rate', 'arrival_rate'] as const;
const BACKOFF = ['first', 'factor', 'retries'] as const;
const USL = ['n', 'rate_of_one', 'sigma', 'kappa'] as const;

const drainDimension: DimensionRule = ([backlog = DIMENSIONLESS, service = DIMENSIONLESS, arrival = DIMENSIONLESS]) => {
  if (!sameDimension(service, arrival)) {
    return { wrong: `is in ${nameOf(arrival)}, the service rate in ${nameOf(service)}`, argument: 2 };
  }
  const time = multiply(backlog, service, -1);
  if (time.size === 1 && time.get('time') === 1) return time;
  return { wrong: `is in ${nameOf(backlog)}, which ${nameOf(service)} does not work off`, argument: 0 };
};

export const LOAD_FUNCTIONS: readonly FormulaFunction[] = [
  guarded({
    name: 'usl',
    parameters: USL,
    formula: 'X(N) = λN / (1 + σ(N − 1) + κN(N − 1))',
    source: 'Gunther, Guerrilla Capacity Planning, 2007, ch. 4-6',
    dimension: takes(['count', 'any', 'plain', 'plain'], ([, rate = DIMENSIONLESS]) => rate),
    refuses: (args) => {
      const domain = outOfDomain(USL, ['positive', 'positive', 'not negative', 'not negative'], args);
      if (domain || (args[0] ?? 1) >= 1) return domain;
      return { problem: 'RANGE', message: '`n` should be 1 or more', help: 'the law starts with one server' };
    },
    apply: ([n = 1, lambda_per_s = 1, sigma = 0, kappa = 0]) => uslThroughput_per_s({ lambda_per_s, sigma, kappa }, n),
  }),
  guarded({
    name: 'drain_time',
    parameters: DRAIN,
    formula: 'backlog / (service − arrival)',
    source: 'fluid approximation: Kleinrock, Queueing Systems II, 1976, ch. 2',
    dimension: drainDimension,
    refuses: (args) => {
      const [backlog = 0, service = 0, arrival = 0] = args;
      const domain = outOfDomain(DRAIN, ['not negative'], args);
      if (domain || backlog === 0 || service > arrival) return domain;
      const message = 'work arrives as fast as it is done, or faster: the backlog never drains';
      return { problem: 'UNSTABLE', message, help: 'raise the service rate above the arrival rate' };
    },
    apply: ([backlog = 0, service = 0, arrival = 0]) => drainTime_s(backlog, arrival, service),
  }),
  guarded({
    name: 'backoff_total',
    parameters: BACKOFF,
    formula: 'first × (1 + factor + factor² + …), one term a retry',
    source: 'exponential back-off: Metcalfe & Boggs, Ethernet, CACM 19 (1976)',
    dimension: takes(['time', 'plain', 'count'], ([first = DIMENSIONLESS]) => first),
    refuses: (args) => outOfDomain(BACKOFF, ['not negative', 'positive', 'count'], args),
    apply: ([first_s = 0, factor = 1, retries = 1]) => retrySchedule({ first_s, factor, retries }).total_s,
  }),
];
