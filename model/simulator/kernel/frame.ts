import type { Instance } from './instance.ts';
import type { Link } from './link.ts';
import type { Site } from './site.ts';
import type { Station } from './station.ts';

/** What a frame stands for. */
export const REQUEST = 0;
export const MESSAGE = 1;
/** The calls that a miss leads to, made by who asked the cache. */
export const MISS_ROUTE = 2;
/** One attempt of one visit. */
export const VISIT = 3;

/** What a frame does when its event comes, or what it waits for. */
/** Nothing but the answer to its call, if it made one. */
export const IDLE = 0;
/** Is about to make the call `call`, once more or for the first time. */
export const CALLS = 1;
/** Has a connection, and sets out. */
export const SETS_OUT = 2;
export const ARRIVES = 3;
/** Its own work is done, first come first served; with shared processors the instance tells. */
export const WORK_ENDS = 4;
/** A replica has the write. */
export const IS_COPIED = 5;
/** Asks its cache again, in vain before because of another's lock. */
export const LOOKS_UP = 6;
/** The answer, in `answer`, is back at the caller. */
export const ANSWERS = 7;
/** The call it waited for is over; its result is in `result`. */
export const IS_ANSWERED = 8;
/** Is inside its instance: waiting for a server, or in work where processors are shared. */
export const WAITS_FOR_SERVER = 9;
export const WAITS_FOR_CONNECTION = 10;
/** Cut off: the call or its answer got lost on the way. */
export const IS_LOST = 11;
/** Its instance hangs; `stalledStep` is what comes next. */
export const STALLS = 12;
/** The route of its miss is over, well or not: see `result`. */
export const MISS_IS_OVER = 13;
/** All calls of its route are made. */
export const ROUTE_ENDS = 14;
/** A call failed that it cannot do without: see `result`. */
export const FAILS = 15;
/** A message that failed is put into its queue again. */
export const IS_REDELIVERED = 16;

/** Answers. What a look-up found is one too. */
export const ANSWER_OK = 0;
export const ANSWER_MISS = 1;
export const ANSWER_LOCKED = 2;
export const ANSWER_REFRESH = 3;
/** From here on: it failed. */
export const ANSWER_FAILED = 4;
/** It failed because the instance died, or nobody was there to take the call. */
export const ANSWER_RESET = 5;
/** The circuit breaker was open: the call was not made. */
export const ANSWER_BROKEN_OFF = 6;

/** What a miss route does to the cache in the end: store through a visit of its own, store, or leave it as it is. */
export const FILLS_BY_VISIT = 0;
export const FILLS = 1;
export const LEAVES_CACHE = 2;

/** The `event` of a frame that goes on at once. */
export const AT_ONCE = -1;

/**
 * Something that goes on, and waits for at most one thing at a time: a request, a message, the route of a miss, or an attempt
 * of a visit. Each call is a frame of its own whose `parent` is the caller; a frame without a parent goes on, and nobody hears of it.
 * Frames are used again, so that a run allocates nothing for what happens in it.
 */
export class Frame {
  readonly id: number;
  kind = IDLE;
  step = IDLE;
  stalledStep = IDLE;
  /** Ticket of the event it waits for; 0 for none. An event with another ticket is void. */
  event = 0;
  parent: Frame | null = null;
  /** The attempt that it waits for. */
  child: Frame | null = null;
  /** Class of the request; for MESSAGE the message's index is in `subject`. */
  cls = 0;
  /** Drawn for the request; -1 for none. */
  key = -1;
  /** MESSAGE: its index. REQUEST: the closed phase that it belongs to, or -1. MISS_ROUTE: what becomes of the cache. */
  subject = -1;
  /** MESSAGE: failed deliveries. */
  failures = 0;
  /** VISIT: the call it is an attempt of. MISS_ROUTE: the look-up that missed. */
  site: Site | null = null;
  station: Station | null = null;
  /** VISIT: where it is inside. MISS_ROUTE: whose calls they are. */
  instance: Instance | null = null;
  /** The call that it makes, or makes next; null at the end of its route. */
  call: Site | null = null;
  /** Where that call goes: not always where the route says. */
  target: Station | null = null;
  /** How often it still makes that call, this time included. */
  repeats = 0;
  /** Attempts of that call so far. */
  attempts = 0;
  result = ANSWER_OK;
  answer = ANSWER_OK;
  holdsServer = false;
  holdsSlot = false;
  /** Whose connection it holds or waits for. */
  link: Link | null = null;
  /** In the queue where it waits. */
  next: Frame | null = null;
  /** In the list of its deadline. */
  earlier: Frame | null = null;
  later: Frame | null = null;
  isTimed = false;
  /** When it came into being: the arrival of a request, the publication of a message, the start of an attempt. */
  start_s = NaN;
  /** When it went into its instance. */
  entered_s = NaN;
  /** When its work ends, in the virtual time of its instance where processors are shared; the work left, while its instance hangs. */
  due_s = NaN;

  constructor(id: number) {
    this.id = id;
  }
}

/** All frames, and those of them that are free. */
export class FramePool {
  readonly all: Frame[] = [];
  live = 0;
  #free: Frame | null = null;

  take(kind: number, start_s: number): Frame {
    const frame = this.#free ?? this.#another();
    this.#free = frame.next;
    this.live++;
    frame.kind = kind;
    frame.start_s = start_s;
    frame.next = null;
    return frame;
  }

  /** Gives a frame back. It must hold nothing and be in no queue. */
  give(frame: Frame): void {
    frame.event = 0;
    frame.step = IDLE;
    frame.parent = null;
    frame.child = null;
    frame.site = null;
    frame.station = null;
    frame.instance = null;
    frame.call = null;
    frame.target = null;
    frame.link = null;
    frame.next = this.#free;
    this.#free = frame;
    this.live--;
  }

  #another(): Frame {
    const frame = new Frame(this.all.length);
    this.all.push(frame);
    return frame;
  }
}
