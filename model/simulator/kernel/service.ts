import type { Frame } from './frame.ts';
import { WAITS_FOR_SERVER, WORK_ENDS } from './frame.ts';
import type { Instance } from './instance.ts';
import { KIND_BITS, SHARING_EVENT } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Site } from './site.ts';
import type { Station } from './station.ts';

/** A visit goes into an instance: it starts, or waits for those before it. `since_s` is when it came, earlier than now for a message. */
export function enter(sim: Simulation, visit: Frame, site: Site, instance: Instance, since_s: number): void {
  const { station } = instance;
  visit.instance = instance;
  visit.entered_s = since_s;
  instance.inside++;
  if (instance.waiting.size === 0 && instance.hasRoom) {
    start(sim, visit, site, instance);
    return;
  }
  visit.step = WAITS_FOR_SERVER;
  instance.waiting.add(visit);
  station.waiting++;
  station.waitingArea_s -= sim.now_s;
}

/** Counts a visit that comes into the tier. */
export function countEntry(sim: Simulation, station: Station): void {
  station.entered++;
  station.inside++;
  station.insideArea_s -= sim.now_s;
}

/** Starts what waits, as far as there is room. */
export function startWaiting(sim: Simulation, instance: Instance): void {
  const { station, waiting } = instance;
  while (waiting.size > 0 && instance.hasRoom) {
    const visit = waiting.take();
    if (visit === null || visit.site === null) break;
    stopWaiting(sim, station);
    start(sim, visit, visit.site, instance);
  }
}

/** The visit's own work is done, first come first served: the server is free again, unless the visit keeps it until it leaves. */
export function releaseServer(sim: Simulation, visit: Frame, instance: Instance): void {
  const { station } = instance;
  visit.holdsServer = false;
  instance.busy--;
  station.busy--;
  station.busyArea_s += sim.now_s;
}

/** A visit that leaves before it got a server no longer waits for one; it stays in the queue, which the caller has to clear. */
function stopWaiting(sim: Simulation, station: Station): void {
  station.waiting--;
  station.waitingArea_s += sim.now_s;
}

/** The visit leaves its instance at `at_s`, and releases what it still holds there. */
export function leave(sim: Simulation, visit: Frame, instance: Instance, at_s: number): void {
  const { station } = instance;
  if (visit.holdsServer) releaseServer(sim, visit, instance);
  if (visit.holdsSlot) {
    visit.holdsSlot = false;
    instance.slots--;
  } else {
    stopWaiting(sim, station);
  }
  instance.inside--;
  station.inside--;
  station.insideArea_s += at_s;
  station.left++;
  station.residence_s += at_s - visit.entered_s;
  visit.instance = null;
}

function start(sim: Simulation, visit: Frame, site: Site, instance: Instance): void {
  const { station } = instance;
  const work_s = site.service.sample(station.services);
  instance.slots++;
  visit.holdsSlot = true;
  if (instance.sharing !== null) {
    share(sim, visit, instance, work_s);
    return;
  }
  instance.busy++;
  visit.holdsServer = true;
  station.busy++;
  station.busyArea_s -= sim.now_s;
  visit.due_s = sim.now_s + work_s / instance.speed;
  sim.schedule(visit, WORK_ENDS, visit.due_s);
}

function share(sim: Simulation, visit: Frame, instance: Instance, work_s: number): void {
  const { sharing, station } = instance;
  if (sharing === null) return;
  visit.step = WAITS_FOR_SERVER;
  sharing.advance(sim.now_s, instance.speed);
  sharing.add(visit, work_s);
  instance.busy++;
  if (instance.busy <= station.tier.servers) {
    station.busy++;
    station.busyArea_s -= sim.now_s;
  }
  planSharing(sim, instance);
}

/** The job of a sharing instance that is done now; null when none is yet. Plans the next one. */
export function takeShared(sim: Simulation, instance: Instance): Frame | null {
  const { sharing, station } = instance;
  if (sharing === null) return null;
  sharing.advance(sim.now_s, instance.speed);
  const isDone = sharing.nextEnd_s(instance.speed) <= sim.now_s;
  const job = isDone ? sharing.takeFirst() : null;
  if (job !== null) {
    if (instance.busy <= station.tier.servers) {
      station.busy--;
      station.busyArea_s += sim.now_s;
    }
    instance.busy--;
  }
  planSharing(sim, instance);
  return job;
}

/** An end that is planned too early is left: when it comes it finds nothing done, and is planned anew. */
function planSharing(sim: Simulation, instance: Instance): void {
  const next_s = instance.sharing?.nextEnd_s(instance.speed) ?? Infinity;
  if (next_s === Infinity || (instance.event !== 0 && instance.event_s <= next_s)) return;
  instance.event = sim.queue.push(next_s, (instance.id << KIND_BITS) | SHARING_EVENT);
  instance.event_s = next_s;
}

/** The processors' speed changes; work in progress goes on at the new one. */
export function setSpeed(sim: Simulation, instance: Instance, speed: number): void {
  const before = instance.speed;
  if (instance.sharing !== null) {
    instance.sharing.advance(sim.now_s, before);
    instance.speed = speed;
    instance.event = 0;
    planSharing(sim, instance);
    return;
  }
  instance.speed = speed;
  for (const visit of sim.frames.all) {
    if (visit.instance !== instance || visit.step !== WORK_ENDS) continue;
    const work_s = before > 0 ? (visit.due_s - sim.now_s) * before : visit.due_s;
    visit.event = 0;
    visit.due_s = speed > 0 ? sim.now_s + work_s / speed : work_s;
    if (speed > 0) sim.schedule(visit, WORK_ENDS, visit.due_s);
  }
}

/** All work in progress on shared processors is gone. */
export function stopSharing(sim: Simulation, instance: Instance): void {
  const { sharing, station } = instance;
  if (sharing === null) return;
  const busy = Math.min(instance.busy, station.tier.servers);
  station.busy -= busy;
  station.busyArea_s += busy * sim.now_s;
  instance.busy = 0;
  instance.event = 0;
  sharing.clear();
}

/** Servers of the instances that there are now, for utilisation; 0 when they are without number. */
export function countCapacity(sim: Simulation, station: Station): void {
  const { servers } = station.tier;
  const capacity = servers === Infinity ? 0 : servers * runningInstances(station);
  station.capacityArea_s += (station.capacity - capacity) * sim.now_s;
  station.capacity = capacity;
}

/** Instances that are up; those that were scaled in, until the last visit has left. */
export function runningInstances(station: Station): number {
  return station.instances.filter(({ isUp, isRetired, inside }) => isUp && (!isRetired || inside > 0)).length;
}
