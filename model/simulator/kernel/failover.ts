import { formatNumber } from '../../units/format.ts';
import { Variate } from '../variates/variate.ts';
import { relist } from './balancing.ts';
import type { Instance } from './instance.ts';
import { fillUp } from './messages.ts';
import { countCapacity } from './service.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';

/** After a crash: it is detected, then a stand-by is promoted, each after its time; unless the instance is repaired before. */
export function planFailover(sim: Simulation, instance: Instance, number: number): void {
  const { station } = instance;
  const { failover } = station.tier;
  if (failover === null) return;
  const isStillDown = (): boolean => instance.crashes === number && !instance.isUp;
  const lost = writesAtRisk(sim, station);
  const detected_s = sim.now_s + new Variate(failover.detection).sample(station.failovers);
  const promoted_s = detected_s + new Variate(failover.promotion).sample(station.failovers);
  sim.later(detected_s, () => {
    if (!isStillDown()) return;
    instance.isListed = false;
    relist(station);
    sim.recorder.event(sim.now_s, 'detected', station.index, `${spareOf(station)} is to take over`);
  });
  sim.later(promoted_s, () => {
    if (isStillDown()) promote(sim, instance, lost);
  });
}

/** The repaired machine joins as a stand-by, or as a replica. */
export function takeBack(sim: Simulation, instance: Instance): void {
  const { station } = instance;
  if (station.tier.failover?.standbys !== null) {
    station.standbys++;
    return;
  }
  for (const replicas of station.copies) {
    const gone = replicas.instances.find((replica) => replica.isPromoted);
    if (gone === undefined) continue;
    gone.isPromoted = false;
    gone.isRetired = false;
    relist(replicas);
    countCapacity(sim, replicas);
    fillUp(sim, gone);
    return;
  }
}

function promote(sim: Simulation, instance: Instance, lost: number): void {
  const { station } = instance;
  if (!takeSpare(sim, station)) {
    sim.recorder.event(
      sim.now_s,
      'not promoted',
      station.index,
      `there is no ${spareOf(station).replace('a ', '')} left`,
    );
    return;
  }
  instance.isUp = true;
  instance.isListed = true;
  relist(station);
  countCapacity(sim, station);
  station.writesLost += lost;
  const loss = lost === 1 ? '1 write is lost' : `${formatNumber(lost)} writes are lost`;
  sim.recorder.event(sim.now_s, 'promoted', station.index, `${spareOf(station)} has taken over; ${loss}`);
  fillUp(sim, instance);
}

function spareOf(station: Station): string {
  return station.tier.failover?.standbys === null ? 'a replica' : 'a stand-by';
}

/** A stand-by, or a replica, which then is one fewer; false when there is neither. */
function takeSpare(sim: Simulation, station: Station): boolean {
  if (station.tier.failover?.standbys !== null) {
    if (station.standbys === 0) return false;
    station.standbys--;
    return true;
  }
  for (const replicas of station.copies) {
    const replica = replicas.instances.findLast((each) => each.isUp && each.isListed && !each.isRetired);
    if (replica === undefined) continue;
    // What is inside is answered still.
    replica.isRetired = true;
    replica.isPromoted = true;
    relist(replicas);
    countCapacity(sim, replicas);
    return true;
  }
  return false;
}

/** Writes that no replica has yet: those acknowledged within one lag before now; none when writes wait for a replica. */
function writesAtRisk(sim: Simulation, station: Station): number {
  const lag = station.copies[0]?.lag;
  if (lag === undefined || lag === null || station.synchronousLag !== null) return 0;
  return station.writes.writesAfter(sim.now_s - lag.sample(station.replicas));
}
