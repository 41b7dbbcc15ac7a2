/** The time, and a way to be called later. */
export interface Clock {
  readonly now: () => Date;
  /** Calls back after so many seconds; what it returns takes that back. */
  readonly after: (delay_s: number, call: () => void) => () => void;
}

export const WALL_CLOCK: Clock = {
  now: () => new Date(),
  after: (delay_s, call) => {
    const timer = setTimeout(call, delay_s * 1_000);
    return () => clearTimeout(timer);
  },
};
