import type { Load } from '../load.ts';
import type { SimulationOptions, SimulationRun } from '../run.ts';
import type { System } from '../system.ts';
import { Replication } from './replication.ts';

/**
 * One replication: simulates a system under a load, event by event, from a seed. The same system, load and options give the same
 * run, byte for byte. RangeError for a system or load that cannot be, such as a visit to a tier that is none.
 * Literature: A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, chapters 1 and 2 (next-event time advance).
 */
export function simulate(system: System, load: Load, options: SimulationOptions): SimulationRun {
  return new Replication(system, load, options).run();
}
