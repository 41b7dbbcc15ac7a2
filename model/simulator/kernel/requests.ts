import { formatNumber } from '../../units/format.ts';
import { HTTP_ERROR, RESET, TIMEOUT } from '../record/outcome.ts';
import { detach } from './attempts.ts';
import { begin } from './calls.ts';
import { ANSWER_RESET, REQUEST } from './frame.ts';
import type { Frame } from './frame.ts';
import { ASK_EVENT, KIND_BITS } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Site } from './site.ts';

/** So many requests, visits and messages in work, some 70 MB: then nobody else is let in. A request takes three or four. */
const MAX_FRAMES = 200_000;
/** A user of a closed loop who is refused in no time asks again no sooner, or time would stand still. */
const SHORTEST_THOUGHT_S = 0.001;

/** A user asked at `asked_s`: by the route `site`, and again after the answer if `loop` is the index of a closed phase. */
export function ask(sim: Simulation, cls: number, site: Site | null, loop: number, asked_s: number): void {
  const requestClass = sim.classes[cls];
  if (requestClass === undefined) return;
  sim.recorder.scheduled(cls, asked_s);
  if (sim.frames.live >= MAX_FRAMES) {
    turnAway(sim, cls, asked_s, loop);
    return;
  }
  sim.inFlight++;
  const request = sim.frames.take(REQUEST, asked_s);
  const { keys, keyStream, keyOffset, deadlines } = requestClass;
  request.cls = cls;
  request.key = keys === null ? -1 : (keyOffset + keys.sample(keyStream)) & 0x7fffffff;
  request.subject = loop;
  if (deadlines !== null) sim.setDeadline(deadlines, request);
  begin(sim, request, site);
}

/** The request ends at `at_s` with one of the outcomes of the record. */
export function endRequest(sim: Simulation, request: Frame, outcome: number, at_s: number): void {
  const { cls, start_s, subject, isTimed } = request;
  sim.recorder.finished(cls, start_s, at_s, outcome);
  sim.inFlight--;
  if (isTimed) sim.classes[cls]?.deadlines?.lift(request);
  sim.frames.give(request);
  if (subject >= 0) thinkThenAsk(sim, subject, start_s);
}

/** A call failed that the request cannot do without. */
export function failRequest(sim: Simulation, request: Frame): void {
  endRequest(sim, request, request.result === ANSWER_RESET ? RESET : HTTP_ERROR, sim.now_s);
}

/** The user gives up; what the request set off goes on. */
export function giveUp(sim: Simulation, request: Frame): void {
  if (request.child !== null) detach(sim, request.child);
  endRequest(sim, request, TIMEOUT, sim.now_s);
}

function thinkThenAsk(sim: Simulation, index: number, asked_s: number): void {
  const loop = sim.loops[index];
  if (loop === undefined) return;
  const think_s = sim.now_s > asked_s ? loop.think_s : Math.max(loop.think_s, SHORTEST_THOUGHT_S);
  if (sim.now_s + think_s < loop.end_s) sim.queue.push(sim.now_s + think_s, (index << KIND_BITS) | ASK_EVENT);
}

/** The request is refused at the door. */
function turnAway(sim: Simulation, cls: number, asked_s: number, loop: number): void {
  sim.recorder.finished(cls, asked_s, sim.now_s, RESET);
  if (loop >= 0) thinkThenAsk(sim, loop, asked_s);
  if (sim.isFull) return;
  sim.isFull = true;
  const why = `${formatNumber(MAX_FRAMES)} requests and calls are under way, and no more can be; those that come on top are reset`;
  sim.recorder.event(sim.now_s, 'full', null, why);
}
