import type { Load } from '../load.ts';
import type { Simulation } from './simulation.ts';

/**
 * How long requests travel to where they enter, when that is the same time for all of them and nothing can happen to them on the
 * way: then they can be followed from their arrival there on, without an event for the start of the journey. Else 0.
 */
export function entryDelay_s(sim: Simulation, load: Load): number {
  if (load.phases.some(({ closed, target }) => closed !== null || target !== null)) return 0;
  const [first] = sim.classes;
  const entry = first?.route?.station;
  if (entry === undefined) return 0;
  const { call, network } = entry.tier;
  const isOneCall = sim.classes.every(
    ({ route }) => route?.station === entry && route.next === null && route.whole === 1 && route.fraction === 0,
  );
  const isPlainCall = call.attempts === 1 && call.timeout_s === Infinity;
  return isOneCall && isPlainCall && network?.kind === 'deterministic' ? network.mean_s : 0;
}
