import { positive } from '../argument/argument.ts';
import { withOneMore } from './erlang-b.ts';
import { waitProbability } from './erlang-c.ts';
import { offeredLoad } from './offered-load.ts';

/**
 * Fewest servers c for which the mean wait of M/M/c is at most `wait_s_max` seconds: M/M/c the other way round. More
 * servers always wait less, so the first that fits is the answer; one pass over Erlang's recurrence finds it in c
 * steps. Arrivals per second, service time in seconds. Throws a `RangeError` on negative numbers and on a target of
 * zero, which no number of servers reaches.
 *
 * Literature: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. 1998, ch. 2.
 */
export function serversForWait(arrivals_per_s: number, service_s: number, wait_s_max: number): number {
  positive('wait_s_max', wait_s_max);
  const load = offeredLoad(arrivals_per_s, service_s);
  let blocking = 1;
  for (let servers = 1; ; servers++) {
    blocking = withOneMore(blocking, load, servers);
    if (load >= servers) continue;
    const wait_s = waitProbability(blocking, load, servers) * (service_s / (servers - load));
    if (wait_s <= wait_s_max) return servers;
  }
}
