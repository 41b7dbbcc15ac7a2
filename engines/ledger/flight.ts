/** One scheduled request on its way through the ledger. Times in whole µs from the start of the schedule. */
export interface Flight {
  readonly class_index: number;
  /** Index of the schedule's phase. */
  readonly phase: number;
  readonly intended_us: number;
  /** When it was handed to the network; equal to the intended time for a closed loop. */
  readonly sent_us: number;
}

/** How a request ended. `abandoned`: still in flight when the drain was over; its time is a lower bound. */
export type Ending = 'ok' | 'http_error' | 'timeout' | 'reset' | 'abandoned';
