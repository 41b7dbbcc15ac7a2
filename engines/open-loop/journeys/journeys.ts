import type { ClassObservation } from '../../../model/observation/observation.ts';
import { EventQueue } from '../../../model/simulator/kernel/event-queue.ts';
import { scheduleDuration_s } from '../../../model/workload/check-schedule.ts';
import { createJourneyDrawer, type DrawnJourney } from '../../../model/workload/draw-journeys.ts';
import type { JourneyTemplate } from '../../../model/workload/journey-template.ts';
import { compileJourneys, type CompiledRequest } from '../../../model/workload/render.ts';
import type { LoadJob } from '../../engine.ts';
import type { Ending } from '../../ledger/flight.ts';
import type { Arrived, Sender } from '../sender.ts';
import type { Traffic } from '../traffic.ts';
import { Journey } from './journey.ts';
import { JourneyBook } from './journey-book.ts';
import { keptOf } from './keep.ts';
import { phaseAt } from './phase-at.ts';

/**
 * Each arrival is a journey: its first request is due at once, each further one when the answer before has come and the pause is over,
 * and its response time counts from then. A journey ends with its last step, with the first request that fails, or with the schedule.
 */
export class Journeys implements Traffic {
  readonly #sender: Sender;
  readonly #journeys: readonly JourneyTemplate[];
  readonly #requests: readonly (readonly CompiledRequest[])[];
  readonly #classes: ReadonlyMap<string, number>;
  readonly #draw: () => DrawnJourney;
  readonly #book: JourneyBook;
  readonly #phaseAt: (at_us: number) => number;
  readonly #cap: number;
  readonly #due = new EventQueue();
  /** Those that pause, by their ticket in the queue. */
  readonly #pausing = new Map<number, Journey>();
  #open = 0;
  #end_us: number;

  constructor(job: LoadJob, journeys: readonly JourneyTemplate[], sender: Sender) {
    const { workload, schedule } = job;
    this.#sender = sender;
    this.#journeys = journeys;
    this.#requests = compileJourneys(workload);
    this.#classes = new Map(workload.classes.map((template, index) => [template.class, index]));
    this.#draw = createJourneyDrawer(workload, schedule.seed);
    this.#book = new JourneyBook(
      journeys.map(({ name }) => name),
      schedule.phases.map(({ name }) => name),
    );
    this.#phaseAt = phaseAt(schedule);
    this.#cap = job.in_flight_cap;
    this.#end_us = scheduleDuration_s(schedule) * 1e6;
  }

  /** Dropped, and no request of it sent, when too many are under way or no connection is free. */
  offer(intended_us: number, phase: number): void {
    const drawn = this.#draw();
    const journey = new Journey(drawn, phase, this.#onAnswer);
    journey.due_us = intended_us;
    if (this.#open < this.#cap && this.#launch(journey)) {
      this.#open++;
      this.#book.began(drawn.index, phase);
    } else this.#book.dropped(drawn.index, phase);
  }

  pass(): void {
    this.#draw();
  }

  get next_us(): number {
    return this.#due.next_s() * 1e6;
  }

  proceed(now_us: number): void {
    while (this.#due.next_s() * 1e6 <= now_us) {
      this.#due.pop();
      const journey = this.#pausing.get(this.#due.ticket);
      this.#pausing.delete(this.#due.ticket);
      if (journey) this.#continue(journey);
    }
  }

  endAt(end_us: number): void {
    this.#end_us = end_us;
  }

  account(): ClassObservation[] {
    return this.#book.observe();
  }

  readonly #onAnswer = (journey: Journey, { end_us, answer }: Arrived, ending: Ending, status: number): void => {
    const { index, thinks_us } = journey.drawn;
    const steps = this.#journeys[index]?.steps ?? [];
    if (ending !== 'ok') return this.#finish(journey, ending, status);
    const kept = answer ? keptOf(steps[journey.step]?.keep ?? [], answer) : [];
    // An answer without what the next steps need is none that its user can go on with.
    if (kept === undefined) return this.#finish(journey, 'http_error', status);
    for (const [name, value] of kept) journey.session.set(name, value);
    if (journey.step === steps.length - 1) return this.#finish(journey, 'ok', status);
    const think_us = thinks_us[journey.step] ?? 0;
    journey.step++;
    journey.due_us = end_us + think_us;
    if (journey.due_us >= this.#end_us) this.#open--;
    else if (think_us === 0) this.#continue(journey);
    else this.#pausing.set(this.#due.push(journey.due_us / 1e6, 0), journey);
  };

  #continue(journey: Journey): void {
    if (!this.#launch(journey)) this.#finish(journey, 'abandoned', 0);
  }

  #launch(journey: Journey): boolean {
    const { index, rows } = journey.drawn;
    const request = this.#requests[index]?.[journey.step];
    const step = this.#journeys[index]?.steps[journey.step];
    if (request === undefined || step === undefined) throw new Error(`journey ${index} has no step ${journey.step}`);
    journey.keepsAnswer = step.keep.length > 0;
    const class_index = this.#classes.get(request.template.class) ?? 0;
    return this.#sender.launch(request, class_index, rows, journey.due_us, this.#phaseAt(journey.due_us), journey);
  }

  #finish(journey: Journey, ending: Ending, status: number): void {
    this.#open--;
    const { drawn, phase, response_us, service_us } = journey;
    this.#book.ended(drawn.index, phase, ending, status, response_us, service_us);
  }
}
