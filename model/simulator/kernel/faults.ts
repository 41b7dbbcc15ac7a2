import type { SystemFault } from '../load.ts';
import { abandonLookup } from './attempts.ts';
import { crash } from './crashes.ts';
import { ANSWER_FAILED, IS_LOST, STALLS } from './frame.ts';
import type { Instance } from './instance.ts';
import { fillUp } from './messages.ts';
import { setSpeed } from './service.ts';
import type { Simulation } from './simulation.ts';
import { EVERYBODY } from './station.ts';
import type { Station } from './station.ts';
import { deliverAnswer, isCutOff } from './visits.ts';

/** Plans a fault's beginning and its end. RangeError for a tier or an instance that there is not. */
export function planFault(sim: Simulation, fault: SystemFault): void {
  const station = sim.stations[fault.tier];
  if (station === undefined) throw new RangeError(`a fault is at tier ${fault.tier}, and there is none`);
  const instances = fault.instances.map((index) => instanceOf(station, index));
  sim.later(fault.at_s, () => {
    beginFault(sim, fault, station, instances);
  });
}

function instanceOf(station: Station, index: number): Instance {
  const instance = station.instances[index];
  if (instance === undefined)
    throw new RangeError(`a fault is at instance ${index} of \`${station.tier.id}\`, which has no such`);
  return instance;
}

function beginFault(sim: Simulation, fault: SystemFault, station: Station, instances: readonly Instance[]): void {
  if (fault.kind === 'crash') {
    for (const instance of instances) crash(sim, instance, fault.until_s);
    return;
  }
  change(sim, fault, station, instances, true);
  sim.recorder.event(sim.now_s, fault.kind, station.index, describe(sim, fault));
  if (fault.kind === 'flush') return;
  sim.later(fault.until_s, () => {
    change(sim, fault, station, instances, false);
    sim.recorder.event(sim.now_s, `${fault.kind} over`, station.index, describe(sim, fault));
  });
}

/** The fault comes, or goes. */
function change(
  sim: Simulation,
  fault: SystemFault,
  station: Station,
  instances: readonly Instance[],
  comes: boolean,
): void {
  const { kind, factor, from } = fault;
  switch (kind) {
    case 'hang':
      for (const instance of instances) hang(sim, instance, comes ? 1 : -1);
      break;
    case 'slow':
      for (const instance of instances) slowDown(sim, instance, comes ? factor : 1 / factor);
      break;
    case 'errors':
      for (const instance of instances) instance.errorShare += comes ? factor : -factor;
      break;
    case 'latency':
      station.latency_s = Math.max(0, station.latency_s + (comes ? factor : -factor));
      break;
    case 'partition':
      if (comes) station.cutOff.push(from ?? EVERYBODY);
      else reconnect(sim, station, from ?? EVERYBODY);
      break;
    default:
      station.cache?.flush();
  }
}

function hang(sim: Simulation, instance: Instance, by: number): void {
  instance.hanging += by;
  setSpeed(sim, instance, instance.hanging > 0 ? 0 : 1 / instance.slowness);
  if (instance.hanging > 0) return;
  for (const frame of sim.frames.all) {
    if (frame.instance === instance && frame.step === STALLS) sim.atOnce(frame, frame.stalledStep);
  }
  fillUp(sim, instance);
}

function slowDown(sim: Simulation, instance: Instance, by: number): void {
  instance.slowness *= by;
  if (instance.hanging === 0) setSpeed(sim, instance, 1 / instance.slowness);
}

/** The network is whole again. Calls that got lost stay lost: their callers, if they still wait, now learn of it. */
function reconnect(sim: Simulation, station: Station, from: number): void {
  station.cutOff.splice(station.cutOff.indexOf(from), 1);
  for (const visit of sim.frames.all) {
    if (visit.step !== IS_LOST || visit.station !== station || isCutOff(station, visit)) continue;
    abandonLookup(visit);
    visit.answer = ANSWER_FAILED;
    deliverAnswer(sim, visit);
  }
}

function describe(sim: Simulation, { kind, instances, factor, from }: SystemFault): string {
  const count = instances.length === 1 ? '1 instance' : `${instances.length} instances`;
  switch (kind) {
    case 'slow':
      return `${count}, ${factor} times slower`;
    case 'errors':
      return `${count}, ${Math.round(factor * 1000) / 10} % of visits fail`;
    case 'latency':
      return `${factor * 1000} ms more each way`;
    case 'partition':
      return `no answers to calls from ${from === null ? 'anybody' : (sim.stations[from]?.tier.id ?? 'nobody')}`;
    case 'flush':
      return 'the cache is empty';
    default:
      return count;
  }
}
