import { backoff_s } from '../controls/backoff.ts';
import { detach } from './attempts.ts';
import {
  ANSWER_BROKEN_OFF,
  ANSWER_FAILED,
  ANSWER_LOCKED,
  ANSWER_MISS,
  ANSWER_OK,
  ANSWER_REFRESH,
  ARRIVES,
  CALLS,
  FAILS,
  FILLS,
  FILLS_BY_VISIT,
  IS_ANSWERED,
  LEAVES_CACHE,
  MESSAGE,
  MISS_IS_OVER,
  MISS_ROUTE,
  REQUEST,
  ROUTE_ENDS,
  VISIT,
  WAITS_FOR_CONNECTION,
} from './frame.ts';
import type { Frame } from './frame.ts';
import type { Instance } from './instance.ts';
import { oneWay_s } from './network.ts';
import type { Simulation } from './simulation.ts';
import type { Site } from './site.ts';
import type { Station } from './station.ts';

/** The frame makes the calls of a route from `site` on; how often each, is drawn when its turn comes. */
export function begin(sim: Simulation, caller: Frame, site: Site | null): void {
  let call = site;
  while (call !== null) {
    const times = call.fraction > 0 && sim.routes.uniform() < call.fraction ? call.whole + 1 : call.whole;
    if (times > 0) {
      caller.call = call;
      caller.repeats = times;
      caller.attempts = 0;
      makeCall(sim, caller);
      return;
    }
    call = call.next;
  }
  caller.call = null;
  sim.atOnce(caller, ROUTE_ENDS);
}

/** One attempt of the caller's present call. */
export function makeCall(sim: Simulation, caller: Frame): void {
  const { call } = caller;
  if (call === null) return;
  const station = targetOf(sim, call, caller.key);
  // Users outside are no instance: each has a connection of its own.
  const link = station.isLinked && caller.instance !== null ? caller.instance.linkTo(station) : null;
  caller.target = station;
  caller.attempts++;
  if (link !== null && link.breaker !== null && !link.breaker.allows(sim.now_s)) {
    caller.result = ANSWER_BROKEN_OFF;
    sim.atOnce(caller, IS_ANSWERED);
    return;
  }
  const attempt = sim.frames.take(VISIT, sim.now_s);
  attempt.cls = caller.cls;
  attempt.key = caller.key;
  attempt.site = call;
  attempt.station = station;
  attempt.answer = ANSWER_OK;
  attempt.parent = caller;
  caller.child = attempt;
  if (station.deadlines !== null) sim.setDeadline(station.deadlines, attempt);
  if (link === null || link.acquire(attempt)) setOut(sim, attempt);
  else waitForConnection(attempt, station);
}

function waitForConnection(attempt: Frame, station: Station): void {
  attempt.step = WAITS_FOR_CONNECTION;
  station.queued++;
}

/** Over the network to the tier. */
export function setOut(sim: Simulation, attempt: Frame): void {
  const { station, parent } = attempt;
  if (station === null) return;
  const isThere = sim.entry_s > 0 && parent !== null && parent.kind === REQUEST;
  if (isThere || (station.network === null && station.latency_s === 0)) sim.atOnce(attempt, ARRIVES);
  else sim.schedule(attempt, ARRIVES, sim.now_s + oneWay_s(station));
}

/** The attempt's time is up: the caller goes on without it. */
export function timeOut(sim: Simulation, attempt: Frame): void {
  const { parent } = attempt;
  detach(sim, attempt);
  if (parent === null) return;
  parent.result = ANSWER_FAILED;
  sim.atOnce(parent, IS_ANSWERED);
}

/** The present call's attempt is over, well or not. */
export function takeAnswer(sim: Simulation, caller: Frame): void {
  const { call, target, instance, result } = caller;
  if (call === null || target === null) return;
  if (instance !== null && target.isLinked && result !== ANSWER_BROKEN_OFF)
    instance.linkTo(target).breaker?.record(sim.now_s, result >= ANSWER_FAILED);
  if (result >= ANSWER_FAILED) {
    endFailedAttempt(sim, caller, call, target);
  } else if (result === ANSWER_MISS) {
    beginMissRoute(sim, caller, caller, call, instance, true);
  } else if (result === ANSWER_LOCKED && call.lookup !== null) {
    caller.attempts = 0;
    sim.schedule(caller, CALLS, sim.now_s + call.lookup.retry_s);
  } else {
    if (result === ANSWER_REFRESH) beginMissRoute(sim, null, caller, call, instance, true);
    goOn(sim, caller, call);
  }
}

/** What a miss leads to, on behalf of `asker`; in the background when nobody (`parent`) waits for it. */
export function beginMissRoute(
  sim: Simulation,
  parent: Frame | null,
  asker: Frame,
  site: Site,
  instance: Instance | null,
  fills: boolean,
): void {
  if (site.lookup === null) return;
  const route = sim.frames.take(MISS_ROUTE, sim.now_s);
  route.site = site;
  route.cls = asker.cls;
  route.key = asker.key;
  route.instance = instance;
  if (fills) route.subject = site.lookup.fill === null ? FILLS : FILLS_BY_VISIT;
  else route.subject = LEAVES_CACHE;
  route.parent = parent;
  if (parent !== null) parent.child = route;
  begin(sim, route, site.lookup.onMiss);
}

/** The calls of a miss are made: the answer is stored, by a visit to the cache where that is how it is done. */
export function endMissRoute(sim: Simulation, route: Frame): void {
  const { site, subject, key } = route;
  if (site === null || site.lookup === null) return;
  const { state, fill } = site.lookup;
  if (subject === FILLS_BY_VISIT) {
    route.subject = FILLS;
    begin(sim, route, fill);
    return;
  }
  if (subject === FILLS && key >= 0) state?.fill(key, sim.now_s, sim.now_s - route.start_s);
  returnFromMiss(sim, route, ANSWER_OK);
}

/** A call of a miss failed. */
export function failMissRoute(sim: Simulation, route: Frame): void {
  abandonFill(route);
  returnFromMiss(sim, route, ANSWER_FAILED);
}

/** The route of a miss will not store anything any more: its lock is let go. */
export function abandonFill(route: Frame): void {
  if (route.subject !== LEAVES_CACHE && route.key >= 0) route.site?.lookup?.state?.abandon(route.key);
  route.subject = LEAVES_CACHE;
}

/** The calls that a miss of its own call led to are over. */
export function endMiss(sim: Simulation, caller: Frame): void {
  if (caller.call === null) return;
  if (caller.result >= ANSWER_FAILED) sim.atOnce(caller, FAILS);
  else goOn(sim, caller, caller.call);
}

/** Once more the same call, or the next one. */
function goOn(sim: Simulation, caller: Frame, call: Site): void {
  if (--caller.repeats > 0) {
    caller.attempts = 0;
    makeCall(sim, caller);
  } else {
    begin(sim, caller, call.next);
  }
}

/** Again after a while; or, after the last attempt, on without an answer where that is possible. */
function endFailedAttempt(sim: Simulation, caller: Frame, call: Site, target: Station): void {
  const policy = target.tier.call;
  if (caller.kind === MESSAGE && call === sim.messages[caller.subject]?.route) {
    // The queue sees to its messages; nobody calls the worker.
    sim.atOnce(caller, FAILS);
  } else if (caller.attempts < policy.attempts) {
    sim.schedule(caller, CALLS, sim.now_s + backoff_s(policy, caller.attempts, target.backoffs));
  } else if (call.isFill) {
    abandonFill(caller);
    goOn(sim, caller, call);
  } else if (call.lookup !== null && call.lookup.missOnFailure) {
    beginMissRoute(sim, caller, caller, call, caller.instance, false);
  } else if (policy.optional) {
    goOn(sim, caller, call);
  } else {
    sim.atOnce(caller, FAILS);
  }
}

function returnFromMiss(sim: Simulation, route: Frame, result: number): void {
  const { parent } = route;
  sim.frames.give(route);
  if (parent === null) return;
  parent.child = null;
  parent.result = result;
  sim.atOnce(parent, MISS_IS_OVER);
}

/** Reads of replicas go to their primary instead where that is how users see what they wrote. */
function targetOf(sim: Simulation, { station, isWrite }: Site, key: number): Station {
  const { primary } = station;
  const rule = station.tier.replication?.readYourWrites;
  if (primary === null || rule === undefined || isWrite) return station;
  switch (rule.strategy) {
    case 'primary-for-author':
      return station.replicas.uniform() < rule.authorShare ? primary : station;
    case 'primary-within-window':
      return sim.now_s - primary.writes.lastWrite_s(key) < rule.window_s ? primary : station;
    default:
      return station;
  }
}
