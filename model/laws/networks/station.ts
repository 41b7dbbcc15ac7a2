import { whole } from '../argument/argument.ts';

/** Beyond it, or below its reciprocal, products of times and rates could leave what a number can hold. */
const MAGNITUDE_MAX = 1e100;

/** Throws a `RangeError` unless there is a whole number of servers, or Infinity for a delay. */
export function checkServers(servers: number): void {
  if (servers !== Infinity) whole('servers (or Infinity)', servers, 1);
}

/** Throws a `RangeError` unless `value` is 0 or within 1e-100 to 1e100. */
export function checkMagnitude(name: string, value: number): void {
  if (value === 0 || (value >= 1 / MAGNITUDE_MAX && value <= MAGNITUDE_MAX)) return;
  throw new RangeError(`${name} is 0 or a number from 1e-100 to 1e100, not ${value}`);
}

/** Throws a `RangeError` unless one of the times, each 0 or within 1e-100 to 1e100 s, is above 0. */
export function checkCycle(demands_s: readonly number[], think_s: number): void {
  checkMagnitude('think_s', think_s);
  for (const demand_s of demands_s) checkMagnitude('a demand in seconds', demand_s);
  if (think_s === 0 && demands_s.every((demand_s) => demand_s === 0)) {
    throw new RangeError('customers need a demand or a think time that takes time');
  }
}
