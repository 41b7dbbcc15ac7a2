import type { DrawnJourney } from '../../../model/workload/draw-journeys.ts';
import type { Ending } from '../../ledger/flight.ts';
import type { Arrived, Traveller } from '../sender.ts';

/** One user on the way: what was drawn, how far it has come, and what it has kept. */
export class Journey implements Traveller {
  readonly drawn: DrawnJourney;
  /** In which it began. */
  readonly phase: number;
  readonly session = new Map<string, string>();
  /** Whether the answer to the current step is looked at. */
  keepsAnswer = false;
  /** The step under way, or the one that is due next. */
  step = 0;
  /** When it is due. */
  due_us = 0;
  /** Of its requests so far, without pauses. */
  response_us = 0;
  service_us = 0;
  readonly #onEnd: (journey: Journey, arrived: Arrived, ending: Ending, status: number) => void;

  constructor(
    drawn: DrawnJourney,
    phase: number,
    onEnd: (journey: Journey, arrived: Arrived, ending: Ending, status: number) => void,
  ) {
    this.drawn = drawn;
    this.phase = phase;
    this.#onEnd = onEnd;
  }

  onEnd(arrived: Arrived, ending: Ending, status: number): void {
    this.response_us += arrived.end_us - arrived.intended_us;
    this.service_us += arrived.end_us - arrived.sent_us;
    this.#onEnd(this, arrived, ending, status);
  }
}
