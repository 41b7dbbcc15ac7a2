import { OK } from '../record/outcome.ts';
import { EARLY_MISS, HIT, HIT_AND_REFRESH, WAIT } from '../caches/keyed-cache-state.ts';
import { chooseInstance } from './balancing.ts';
import { begin, beginMissRoute } from './calls.ts';
import { oneWay_s } from './network.ts';
import {
  ANSWERS,
  ANSWER_FAILED,
  ANSWER_LOCKED,
  ANSWER_MISS,
  ANSWER_OK,
  ANSWER_REFRESH,
  ANSWER_RESET,
  IS_ANSWERED,
  IS_COPIED,
  IS_LOST,
  LOOKS_UP,
  MESSAGE,
  REQUEST,
  VISIT,
} from './frame.ts';
import type { Frame } from './frame.ts';
import { abandonLookup, endAttempt } from './attempts.ts';
import type { Deadlines } from './deadlines.ts';
import type { Instance } from './instance.ts';
import { fillUp, publish } from './messages.ts';
import { endRequest } from './requests.ts';
import { countEntry, enter, leave, releaseServer } from './service.ts';
import type { Simulation } from './simulation.ts';
import type { Site, SiteLookup } from './site.ts';
import { EVERYBODY } from './station.ts';
import type { Station } from './station.ts';

/** A call reaches its tier: it is lost, refused, or goes into an instance. */
export function arrive(sim: Simulation, visit: Frame): void {
  const { station, site } = visit;
  if (station === null || site === null) return;
  station.visits++;
  station.offered_s += site.service.mean_s;
  if (station.cutOff.length > 0 && isCutOff(station, visit)) {
    visit.step = IS_LOST;
    return;
  }
  if (station.bucket !== null && !station.bucket.take(sim.now_s)) {
    refuse(sim, visit, station);
    return;
  }
  const instance = chooseInstance(station, visit);
  if (instance === null || !instance.isUp) {
    // Nobody is there who could answer: the caller notices at once.
    station.failed++;
    visit.answer = ANSWER_RESET;
    answer(sim, visit);
  } else if (isTurnedAway(station, instance, visit.cls)) {
    refuse(sim, visit, station);
  } else {
    countEntry(sim, station);
    enter(sim, visit, site, instance, sim.now_s);
  }
}

/** The visit's own work is done. A primary's write waits for its replicas where it has to. */
export function endWork(sim: Simulation, visit: Frame): void {
  const { station, site, instance } = visit;
  if (station === null || site === null || instance === null) return;
  if (visit.holdsServer && !station.tier.holdsServer) {
    releaseServer(sim, visit, instance);
    if (site.nested !== null || site.lookup !== null) fillUp(sim, instance);
  }
  if (site.isWrite && station.synchronousLag !== null) {
    sim.schedule(visit, IS_COPIED, sim.now_s + station.synchronousLag.sample(station.replicas));
    fillUp(sim, instance);
  } else {
    commit(sim, visit);
  }
}

/** What was read or written is so from now on; then the look-up, if there is one, and the nested calls. */
export function commit(sim: Simulation, visit: Frame): void {
  const { station, site } = visit;
  if (station === null || site === null) return;
  if (station.copies.length > 0 && site.isWrite) write(sim, station, visit.cls, visit.key);
  if (station.primary !== null && !site.isWrite) read(sim, station, station.primary, visit.key);
  visit.answer = ANSWER_OK;
  if (site.lookup !== null) lookUp(sim, visit);
  else callNested(sim, visit, site);
}

/** The tier itself made the calls of a miss. */
export function endOwnMiss(sim: Simulation, visit: Frame): void {
  if (visit.site === null) return;
  if (visit.result >= ANSWER_FAILED) respond(sim, visit, visit.result);
  else callNested(sim, visit, visit.site);
}

function callNested(sim: Simulation, visit: Frame, site: Site): void {
  if (site.nested === null) respond(sim, visit, ANSWER_OK);
  else begin(sim, visit, site.nested);
}

/** Asks the cache. The tier itself sees to a miss where it is to; else the caller is told. */
export function lookUp(sim: Simulation, visit: Frame): void {
  const { station, site, instance } = visit;
  if (station === null || site === null || site.lookup === null || instance === null) return;
  const { lookup } = site;
  const found = find(sim, station, lookup, visit.key);
  if (!lookup.isByTier) {
    visit.answer = found;
    callNested(sim, visit, site);
  } else if (found === ANSWER_LOCKED) {
    sim.schedule(visit, LOOKS_UP, sim.now_s + lookup.retry_s);
  } else if (found === ANSWER_MISS) {
    beginMissRoute(sim, visit, visit, site, instance, true);
  } else {
    if (found === ANSWER_REFRESH) beginMissRoute(sim, null, visit, site, instance, true);
    callNested(sim, visit, site);
  }
}

/** The visit has made all its calls, or one failed: it hands its messages over, leaves, and the answer sets out. */
export function respond(sim: Simulation, visit: Frame, result: number): void {
  const { station, site, instance } = visit;
  if (station === null || site === null || instance === null) return;
  if (result >= ANSWER_FAILED || failsByItself(station, instance)) {
    station.failed++;
    abandonLookup(visit);
    visit.answer = ANSWER_FAILED;
  } else {
    for (const message of site.publish) publish(sim, message, visit.cls, visit.key);
  }
  leave(sim, visit, instance, sim.now_s);
  fillUp(sim, instance);
  answer(sim, visit);
}

/** The answer is back at its caller, if that still waits for one. */
export function deliverAnswer(sim: Simulation, visit: Frame): void {
  const { station, parent, answer } = visit;
  if (station === null) return;
  if (parent === null) {
    abandonLookup(visit);
    sim.frames.give(visit);
  } else if (station.cutOff.length > 0 && isCutOff(station, visit)) {
    visit.step = IS_LOST;
  } else {
    endAttempt(sim, visit);
    sim.frames.give(visit);
    parent.child = null;
    parent.result = answer;
    sim.atOnce(parent, IS_ANSWERED);
  }
}

function answer(sim: Simulation, visit: Frame): void {
  const { station, parent } = visit;
  if (station === null) return;
  // A worker fetches its messages itself, and nobody waits for an orphan.
  const isNear = parent === null || parent.kind === MESSAGE || (station.network === null && station.latency_s === 0);
  const back_s = isNear ? sim.now_s : sim.now_s + oneWay_s(station);
  if (sim.isCalm) passOn(sim, visit, back_s);
  else if (isNear) deliverAnswer(sim, visit);
  else sim.schedule(visit, ANSWERS, back_s);
}

/**
 * In a run without faults nothing can come between an answer and its caller but a deadline. So where all that is left to the caller
 * is to answer in turn, that is booked now for the moment `back_s` when it will happen, and no event is planned for it.
 */
function passOn(sim: Simulation, answered: Frame, answered_s: number): void {
  let visit = answered;
  let back_s = answered_s;
  for (;;) {
    const { parent, station } = visit;
    if (station === null || parent === null || !canPassOn(sim, visit, parent, back_s)) break;
    endAttempt(sim, visit);
    sim.frames.give(visit);
    parent.child = null;
    if (parent.kind === REQUEST) {
      endRequest(sim, parent, OK, back_s);
      return;
    }
    if (parent.instance !== null) leave(sim, parent, parent.instance, back_s);
    if (parent.station !== null && parent.parent !== null) back_s += oneWay_s(parent.station);
    visit = parent;
  }
  if (back_s <= sim.now_s) deliverAnswer(sim, visit);
  else sim.schedule(visit, ANSWERS, back_s);
}

/** Whether the answer is the last thing that its caller waits for, and in time. */
function canPassOn(sim: Simulation, visit: Frame, parent: Frame, back_s: number): boolean {
  const { site, link, answer: result } = visit;
  if (site === null || site.next !== null || link !== null || result !== ANSWER_OK || parent.repeats > 1) return false;
  if (isLate(visit, visit.station?.deadlines, back_s)) return false;
  if (parent.kind === REQUEST)
    return parent.subject < 0 && back_s <= sim.limit_s && !isLate(parent, sim.classes[parent.cls]?.deadlines, back_s);
  return parent.kind === VISIT && parent.site !== null && parent.site.isSilent && leavesNoTrace(parent);
}

function isLate(frame: Frame, deadlines: Deadlines | null | undefined, at_s: number): boolean {
  return frame.isTimed && deadlines !== null && deadlines !== undefined && at_s >= frame.start_s + deadlines.timeout_s;
}

/** Whether nobody can tell if a visit leaves its instance a little earlier: what limits visits inside is far away. */
function leavesNoTrace({ station, instance }: Frame): boolean {
  if (station === null || instance === null) return false;
  return station.isPlain && instance.slots * 2 <= station.tier.concurrency;
}

function refuse(sim: Simulation, visit: Frame, station: Station): void {
  station.refused++;
  visit.answer = ANSWER_FAILED;
  answer(sim, visit);
}

export function isCutOff(station: Station, visit: Frame): boolean {
  const caller = visit.parent?.instance?.station.index ?? EVERYBODY;
  return station.cutOff.includes(EVERYBODY) || station.cutOff.includes(caller);
}

/** By shedding, or because the queue is full. What hangs refuses nothing. */
function isTurnedAway(station: Station, instance: Instance, cls: number): boolean {
  const { shedding, queueLimit } = station.tier;
  const waiting = instance.waiting.size;
  if (instance.hangs) return false;
  if (shedding !== null && waiting > shedding.waiting && !shedding.keep.includes(cls)) return true;
  return waiting >= queueLimit && !(waiting === 0 && instance.hasRoom);
}

function failsByItself(station: Station, instance: Instance): boolean {
  const share = station.tier.errorRate + instance.errorShare;
  return share > 0 && station.errors.uniform() < share;
}

function find(sim: Simulation, station: Station, { state, hitRatio }: SiteLookup, key: number): number {
  if (state === null || key < 0) {
    if (state === null && station.lookups.uniform() < hitRatio) {
      station.hits++;
      return ANSWER_OK;
    }
    station.misses++;
    return ANSWER_MISS;
  }
  const found = state.lookup(key, sim.now_s);
  if (found === WAIT) {
    station.lockWaits++;
    return ANSWER_LOCKED;
  }
  if (found === EARLY_MISS || found === HIT_AND_REFRESH) station.earlyRefreshes++;
  if (found === HIT || found === HIT_AND_REFRESH) {
    station.hits++;
    return found === HIT ? ANSWER_OK : ANSWER_REFRESH;
  }
  station.misses++;
  return ANSWER_MISS;
}

/** A write on a primary. */
function write(sim: Simulation, primary: Station, cls: number, key: number): void {
  primary.writes.record(key, sim.now_s);
  if (!primary.storesWrites || key < 0) return;
  for (const cache of sim.classes[cls]?.caches ?? []) cache.store(key, sim.now_s);
}

/** A read on a replica: stale when its key was written less than a lag ago. */
function read(sim: Simulation, replica: Station, primary: Station, key: number): void {
  replica.reads++;
  if (key < 0 || replica.lag === null) return;
  const age_s = sim.now_s - primary.writes.lastWrite_s(key);
  if (age_s < Infinity && age_s < replica.lag.sample(replica.replicas)) replica.staleReads++;
}
