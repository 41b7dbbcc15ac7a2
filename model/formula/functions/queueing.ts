import { allenCunneen } from '../../laws/queueing/allen-cunneen.ts';
import { erlangB } from '../../laws/queueing/erlang-b.ts';
import { erlangC } from '../../laws/queueing/erlang-c.ts';
import { mg1 } from '../../laws/queueing/mg1.ts';
import { mm1 } from '../../laws/queueing/mm1.ts';
import { mmc } from '../../laws/queueing/mmc.ts';
import { mmck } from '../../laws/queueing/mmck.ts';
import { serversForWait } from '../../laws/queueing/servers-for-wait.ts';
import { DIMENSIONLESS, multiply } from '../../units/dimension.ts';
import type { Dimension } from '../../units/dimension.ts';
import { guarded, outOfDomain, plain, takes } from './formula-function.ts';
import type { Domain, FormulaFunction, Refusal } from './formula-function.ts';

const GROSS_HARRIS = 'Gross & Harris, Fundamentals of Queueing Theory, 3rd ed., 1998, ch. 2';
const KLEINROCK = 'Kleinrock, Queueing Systems I, 1975';
const TIME: Dimension = new Map([['time', 1]]);
const time = (): Dimension => TIME;

function overloaded(load: number, servers: number): Refusal | undefined {
  if (!(load >= servers)) return undefined;
  const utilisation = Number((load / servers).toPrecision(3));
  const message = `utilisation is ${utilisation}: the queue grows without bound`;
  const help = `${Math.floor(load) + 1} servers or more keep up, or less work for each`;
  return { problem: 'UNSTABLE', message, help };
}

interface Queue {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly domains: readonly Domain[];
  readonly formula: string;
  readonly source: string;
  readonly apply: (args: readonly number[]) => number;
}

/** A waiting or response time at a station with `rate` and `service_time` first, and its servers third (or one). */
function stationTime(queue: Queue): FormulaFunction {
  const kinds = queue.parameters.map((name) =>
    name === 'rate' ? 'rate' : name === 'service_time' ? 'time' : name === 'servers' ? 'count' : 'plain',
  );
  return guarded({
    ...queue,
    dimension: takes(kinds, time),
    refuses: (args) => {
      const [rate = 0, service = 0] = args;
      const servers = queue.parameters[2] === 'servers' ? (args[2] ?? 1) : 1;
      return outOfDomain(queue.parameters, queue.domains, args) ?? overloaded(rate * service, servers);
    },
  });
}

/** Found by counting up. */
const SERVERS_MAX = 1e6;
const STATION: readonly Domain[] = ['not negative', 'not negative', 'count', 'not negative'];

export const QUEUEING_FUNCTIONS: readonly FormulaFunction[] = [
  {
    name: 'little',
    parameters: ['rate', 'time'],
    formula: 'L = λ W',
    source: 'Little, A Proof for the Queuing Formula L = λW, Operations Research 9 (1961)',
    dimension: takes(['rate', 'time'], ([rate = DIMENSIONLESS, each = DIMENSIONLESS]) => multiply(rate, each)),
    apply: ([rate = 0, each = 0]) => rate * each,
  },
  guarded({
    name: 'erlang_b',
    parameters: ['offered_load', 'servers'],
    formula: 'B(c, a) = (aᶜ / c!) / Σₖ aᵏ / k!',
    source: GROSS_HARRIS,
    dimension: takes(['count', 'count'], plain),
    refuses: (args) => outOfDomain(['offered_load', 'servers'], ['not negative', 'count'], args),
    apply: ([load = 0, servers = 1]) => erlangB(load, servers),
  }),
  guarded({
    name: 'erlang_c',
    parameters: ['offered_load', 'servers'],
    formula: 'C(c, a) = B / (1 − ρ (1 − B)), ρ = a / c',
    source: GROSS_HARRIS,
    dimension: takes(['count', 'count'], plain),
    refuses: (args) =>
      outOfDomain(['offered_load', 'servers'], ['not negative', 'count'], args) ??
      overloaded(args[0] ?? 0, args[1] ?? 1),
    apply: ([load = 0, servers = 1]) => erlangC(load, servers),
  }),
  stationTime({
    name: 'mm1_response',
    parameters: ['rate', 'service_time'],
    domains: STATION,
    formula: 'R = S / (1 − λS)',
    source: KLEINROCK,
    apply: ([rate = 0, service = 0]) => mm1(rate, service).response_s,
  }),
  stationTime({
    name: 'mmc_wait',
    parameters: ['rate', 'service_time', 'servers'],
    domains: STATION,
    formula: 'W = C(c, λS) S / (c − λS)',
    source: GROSS_HARRIS,
    apply: ([rate = 0, service = 0, servers = 1]) => mmc(rate, service, servers).wait_s,
  }),
  stationTime({
    name: 'mmc_response',
    parameters: ['rate', 'service_time', 'servers'],
    domains: STATION,
    formula: 'R = W + S',
    source: GROSS_HARRIS,
    apply: ([rate = 0, service = 0, servers = 1]) => mmc(rate, service, servers).response_s,
  }),
  stationTime({
    name: 'mg1_wait',
    parameters: ['rate', 'service_time', 'service_scv'],
    domains: ['not negative'],
    formula: 'W = ρS (1 + C²) / (2 (1 − ρ)), C² the squared coefficient of variation of service',
    source: KLEINROCK,
    apply: ([rate = 0, service = 0, scv = 1]) => mg1(rate, service, scv).wait_s,
  }),
  stationTime({
    name: 'ggc_wait',
    parameters: ['rate', 'service_time', 'servers', 'arrival_scv', 'service_scv'],
    domains: STATION,
    formula: 'W = W(M/M/c) (Cₐ² + Cₛ²) / 2',
    source: 'Allen, Probability, Statistics and Queueing Theory, 2nd ed., 1990, on Allen and Cunneen',
    apply: ([rate = 0, service = 0, servers = 1, arrivalScv = 1, serviceScv = 1]) =>
      allenCunneen({ arrivals_per_s: rate, service_s: service, servers, arrivalScv, serviceScv }).wait_s,
  }),
  guarded({
    name: 'mmck_blocking',
    parameters: ['rate', 'service_time', 'servers', 'places'],
    formula: 'pₖ of M/M/c/K: the share that finds all K places taken',
    source: GROSS_HARRIS,
    dimension: takes(['rate', 'time', 'count', 'count'], plain),
    refuses: (args) => {
      const [, , servers = 1, places = 1] = args;
      const names = ['rate', 'service_time', 'servers', 'places'];
      const domain = outOfDomain(names, ['not negative', 'not negative', 'count', 'count'], args);
      if (domain || !(places < servers)) return domain;
      return {
        problem: 'RANGE',
        message: 'there are fewer places than servers',
        help: 'places include those in service',
      };
    },
    apply: ([rate = 0, service = 0, servers = 1, places = 1]) =>
      mmck({ arrivals_per_s: rate, service_s: service, servers, capacity: places }).blockingProbability,
  }),
  guarded({
    name: 'servers_for_wait',
    parameters: ['rate', 'service_time', 'wait'],
    formula: 'the fewest c with W(M/M/c) ≤ wait',
    source: GROSS_HARRIS,
    dimension: takes(['rate', 'time', 'time'], plain),
    refuses: (args) => {
      const [rate = 0, service = 0] = args;
      const domain = outOfDomain(['rate', 'service_time', 'wait'], ['not negative', 'not negative', 'positive'], args);
      if (domain || rate * service < SERVERS_MAX) return domain;
      return {
        problem: 'RANGE',
        message: 'this takes more than a million servers',
        help: 'check the rate and the time',
      };
    },
    apply: ([rate = 0, service = 0, wait = 1]) => serversForWait(rate, service, wait),
  }),
];
