import { abandonLookup, detach, endAttempt } from './attempts.ts';
import { relist } from './balancing.ts';
import { abandonFill } from './calls.ts';
import { planFailover, takeBack } from './failover.ts';
import { ANSWER_RESET, IS_ANSWERED, MISS_ROUTE } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Instance } from './instance.ts';
import { fillUp } from './messages.ts';
import { countCapacity, leave, stopSharing } from './service.ts';
import type { Simulation } from './simulation.ts';

/** The instance is gone, with all that is inside, until a stand-by takes over or it is repaired at `until_s`. */
export function crash(sim: Simulation, instance: Instance, until_s: number): void {
  if (!instance.isUp) return;
  const { station } = instance;
  const number = ++instance.crashes;
  instance.isUp = false;
  // Load balancers notice at once; where a failover watches, callers do not know before it does.
  instance.isListed = station.tier.failover !== null;
  relist(station);
  sim.recorder.event(sim.now_s, 'crash', station.index, nameOf(instance));
  const callers = clear(sim, instance);
  countCapacity(sim, station);
  if (station.instances.every((other) => !other.isUp)) station.cache?.flush();
  planFailover(sim, instance, number);
  sim.later(until_s, () => {
    repair(sim, instance, number);
  });
  for (const caller of callers) {
    caller.result = ANSWER_RESET;
    sim.atOnce(caller, IS_ANSWERED);
  }
}

/** The machine works again: in its old place, or, where that was taken meanwhile, as a spare. */
function repair(sim: Simulation, instance: Instance, number: number): void {
  if (instance.crashes !== number) return;
  const { station } = instance;
  sim.recorder.event(sim.now_s, 'repaired', station.index, nameOf(instance));
  if (instance.isUp) {
    takeBack(sim, instance);
    return;
  }
  instance.isUp = true;
  instance.isListed = true;
  relist(station);
  countCapacity(sim, station);
  fillUp(sim, instance);
}

/** Ends all that is inside an instance, and returns the callers elsewhere that waited for it. */
function clear(sim: Simulation, instance: Instance): Frame[] {
  const victims = sim.frames.all.filter((frame) => frame.instance === instance);
  const callers = victims.flatMap(({ parent }) => (parent !== null && parent.instance !== instance ? [parent] : []));
  // What its visits have called goes on elsewhere; connections are gone with the instance.
  for (const { child } of victims) {
    if (child === null) continue;
    child.link = null;
    detach(sim, child);
  }
  instance.links = [];
  stopSharing(sim, instance);
  for (const victim of victims) end(sim, victim, instance);
  instance.waiting.clear();
  return callers;
}

function end(sim: Simulation, victim: Frame, instance: Instance): void {
  if (victim.kind === MISS_ROUTE) {
    abandonFill(victim);
  } else {
    endAttempt(sim, victim);
    abandonLookup(victim);
    instance.station.failed++;
    leave(sim, victim, instance, sim.now_s);
  }
  if (victim.parent !== null) victim.parent.child = null;
  sim.frames.give(victim);
}

function nameOf(instance: Instance): string {
  return `instance ${instance.station.instances.indexOf(instance) + 1} of ${instance.station.instances.length}`;
}
