import { ANSWER_RESET, IS_REDELIVERED, MESSAGE, VISIT } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Instance } from './instance.ts';
import { countEntry, enter, startWaiting } from './service.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';

/** A visit left or its work ended: what waits starts, then messages that wait for a worker. */
export function fillUp(sim: Simulation, instance: Instance): void {
  if (instance.waiting.size > 0) startWaiting(sim, instance);
  const { backlog } = instance.station;
  if (backlog !== null) while (backlog.size > 0 && canTake(instance)) deliver(sim, instance);
}

/** Hands a message over to its worker tier. */
export function publish(sim: Simulation, message: number, cls: number, key: number): void {
  const kind = sim.messages[message];
  if (kind === undefined) return;
  kind.published++;
  queueUp(sim, message, cls, key, 0, sim.now_s);
}

/** All of a message's route is done. */
export function messageDelivered(sim: Simulation, frame: Frame): void {
  const kind = sim.messages[frame.subject];
  if (kind !== undefined) {
    kind.delivered++;
    kind.age_s += sim.now_s - frame.start_s;
  }
  sim.frames.give(frame);
}

/**
 * A message's route failed. It is tried again after the worker tier's next delay, and is dead after the last one; when the worker
 * itself died, the queue notices at once and hands the message on.
 */
export function messageFailed(sim: Simulation, frame: Frame): void {
  const kind = sim.messages[frame.subject];
  if (kind === undefined) return;
  if (frame.result === ANSWER_RESET && frame.call === kind.route) {
    messageRedelivered(sim, frame);
    return;
  }
  const delay_s = kind.worker.tier.redelivery_s[frame.failures++];
  if (delay_s === undefined) {
    kind.dead++;
    sim.frames.give(frame);
  } else {
    sim.schedule(frame, IS_REDELIVERED, sim.now_s + delay_s);
  }
}

/** Into the queue again. */
export function messageRedelivered(sim: Simulation, frame: Frame): void {
  const kind = sim.messages[frame.subject];
  if (kind !== undefined) kind.redelivered++;
  const { subject, cls, key, failures, start_s } = frame;
  sim.frames.give(frame);
  queueUp(sim, subject, cls, key, failures, start_s);
}

/** Workers of a tier that may be free look for messages. */
export function wakeWorkers(sim: Simulation, station: Station): void {
  const { backlog, instances } = station;
  if (backlog === null) return;
  for (const instance of instances) {
    if (backlog.size === 0) return;
    fillUp(sim, instance);
  }
}

function queueUp(sim: Simulation, message: number, cls: number, key: number, failures: number, start_s: number): void {
  const kind = sim.messages[message];
  if (kind === undefined) return;
  const { worker, route } = kind;
  worker.visits++;
  worker.offered_s += route.service.mean_s;
  countEntry(sim, worker);
  worker.waiting++;
  worker.waitingArea_s -= sim.now_s;
  worker.backlog?.add(message, cls, key, failures, start_s, sim.now_s);
  if (worker.busy < worker.capacity) wakeWorkers(sim, worker);
}

function canTake(instance: Instance): boolean {
  const { station, isUp, isRetired, busy } = instance;
  return isUp && !isRetired && busy < station.tier.servers && instance.hasRoom;
}

/** The first message of the queue goes to a worker that has room. */
function deliver(sim: Simulation, instance: Instance): void {
  const { station } = instance;
  const { backlog } = station;
  const kind = backlog === null ? undefined : sim.messages[backlog.message];
  if (backlog === null || kind === undefined) return;
  const root = sim.frames.take(MESSAGE, backlog.published_s);
  root.subject = backlog.message;
  root.failures = backlog.failures;
  root.cls = backlog.cls;
  root.key = backlog.key;
  root.call = kind.route;
  root.repeats = 1;
  root.attempts = 1;
  root.target = station;
  const visit = sim.frames.take(VISIT, sim.now_s);
  visit.cls = root.cls;
  visit.key = root.key;
  visit.site = kind.route;
  visit.station = station;
  visit.parent = root;
  root.child = visit;
  const queued_s = backlog.queued_s;
  backlog.drop();
  station.waiting--;
  station.waitingArea_s += sim.now_s;
  enter(sim, visit, kind.route, instance, queued_s);
}
