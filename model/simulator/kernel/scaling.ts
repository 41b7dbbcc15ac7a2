import { relist } from './balancing.ts';
import type { Instance } from './instance.ts';
import { fillUp } from './messages.ts';
import { countCapacity } from './service.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';

/** What a tier's autoscaling rule does at a utilisation: one instance more after its boot, or one fewer. */
export function autoscale(sim: Simulation, station: Station, utilisation: number): void {
  const { autoscaler, tier } = station;
  if (autoscaler === null || tier.autoscale === null) return;
  const decision = autoscaler.observe(sim.now_s, utilisation);
  if (decision < 0) takeOneAway(sim, station);
  if (decision <= 0) return;
  sim.later(sim.now_s + tier.autoscale.boot_s, () => {
    autoscaler.started();
    addOne(sim, station);
  });
}

function addOne(sim: Simulation, station: Station): void {
  const instance = station.instances.find(isDrained) ?? sim.addInstance(station);
  instance.isRetired = false;
  relist(station);
  countCapacity(sim, station);
  sim.recorder.event(sim.now_s, 'scale-out', station.index, `${countOf(station)} instances`);
  fillUp(sim, instance);
}

/** The last one takes no further visits, and is gone when those inside are done. */
function takeOneAway(sim: Simulation, station: Station): void {
  const last = station.instances.findLast((instance) => !instance.isRetired);
  if (last === undefined) return;
  last.isRetired = true;
  relist(station);
  countCapacity(sim, station);
  sim.recorder.event(sim.now_s, 'scale-in', station.index, `${countOf(station)} instances`);
}

function isDrained(instance: Instance): boolean {
  return instance.isRetired && !instance.isPromoted && instance.isUp && instance.inside === 0;
}

function countOf(station: Station): number {
  return station.instances.filter((instance) => !instance.isRetired).length;
}
