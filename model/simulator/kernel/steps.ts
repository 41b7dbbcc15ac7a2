import { OK } from '../record/outcome.ts';
import { endMiss, endMissRoute, failMissRoute, makeCall, setOut, takeAnswer, timeOut } from './calls.ts';
import type { Deadlines } from './deadlines.ts';
import {
  ANSWERS,
  ANSWER_FAILED,
  ANSWER_OK,
  ARRIVES,
  CALLS,
  FAILS,
  IDLE,
  IS_ANSWERED,
  IS_COPIED,
  IS_REDELIVERED,
  LOOKS_UP,
  MESSAGE,
  MISS_IS_OVER,
  MISS_ROUTE,
  REQUEST,
  ROUTE_ENDS,
  SETS_OUT,
  STALLS,
  WORK_ENDS,
} from './frame.ts';
import type { Frame } from './frame.ts';
import { messageDelivered, messageFailed, messageRedelivered } from './messages.ts';
import { endRequest, failRequest, giveUp } from './requests.ts';
import type { Simulation } from './simulation.ts';
import { arrive, commit, deliverAnswer, endOwnMiss, endWork, lookUp, respond } from './visits.ts';

/** A frame goes on with the step that it is at. In an instance that hangs nothing does. */
export function goOn(sim: Simulation, frame: Frame): void {
  if (frame.instance !== null && frame.instance.hanging > 0) {
    frame.stalledStep = frame.step;
    frame.step = STALLS;
    return;
  }
  const { step } = frame;
  frame.step = IDLE;
  switch (step) {
    case ARRIVES:
      arrive(sim, frame);
      break;
    case WORK_ENDS:
      endWork(sim, frame);
      break;
    case IS_ANSWERED:
      takeAnswer(sim, frame);
      break;
    case ROUTE_ENDS:
      endRoute(sim, frame);
      break;
    case ANSWERS:
      deliverAnswer(sim, frame);
      break;
    case SETS_OUT:
      setOut(sim, frame);
      break;
    default:
      stepRarely(sim, frame, step);
  }
}

function stepRarely(sim: Simulation, frame: Frame, step: number): void {
  switch (step) {
    case CALLS:
      makeCall(sim, frame);
      break;
    case MISS_IS_OVER:
      if (frame.call === null) endOwnMiss(sim, frame);
      else endMiss(sim, frame);
      break;
    case FAILS:
      fail(sim, frame);
      break;
    case IS_COPIED:
      commit(sim, frame);
      break;
    case LOOKS_UP:
      lookUp(sim, frame);
      break;
    case IS_REDELIVERED:
      messageRedelivered(sim, frame);
      break;
    default:
      throw new Error(`a frame has nothing to do at step ${step}`);
  }
}

/** The deadlines that have come; then the list waits for the next one. */
export function expire(sim: Simulation, deadlines: Deadlines): void {
  for (;;) {
    const frame = deadlines.takeExpired(sim.now_s);
    if (frame === null) break;
    if (frame.kind === REQUEST) giveUp(sim, frame);
    else timeOut(sim, frame);
  }
  sim.armDeadlines(deadlines);
}

function endRoute(sim: Simulation, frame: Frame): void {
  if (frame.kind === REQUEST) endRequest(sim, frame, OK, sim.now_s);
  else if (frame.kind === MESSAGE) messageDelivered(sim, frame);
  else if (frame.kind === MISS_ROUTE) endMissRoute(sim, frame);
  else respond(sim, frame, ANSWER_OK);
}

function fail(sim: Simulation, frame: Frame): void {
  if (frame.kind === REQUEST) failRequest(sim, frame);
  else if (frame.kind === MESSAGE) messageFailed(sim, frame);
  else if (frame.kind === MISS_ROUTE) failMissRoute(sim, frame);
  else respond(sim, frame, ANSWER_FAILED);
}
