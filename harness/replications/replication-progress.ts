import type { JobProgress } from './messages.ts';

/** How much of several replications is done: each counts by its simulated time. Never falls. */
export class ReplicationProgress {
  readonly #duration_s: number;
  readonly #shares: number[] = [];
  readonly #tell: ((share: number) => void) | undefined;
  #expected: number;
  #told = 0;

  constructor(duration_s: number, expected: number, tell?: (share: number) => void) {
    this.#duration_s = duration_s;
    this.#expected = expected;
    this.#tell = tell;
  }

  /** So many replications are expected by now. */
  expect(replications: number): void {
    this.#expected = Math.max(replications, this.#shares.length);
  }

  /** One more replication; the function returned takes how far it has come. */
  started(): (progress: JobProgress) => void {
    const index = this.#shares.push(0) - 1;
    this.#expected = Math.max(this.#expected, this.#shares.length);
    return ({ now_s }) => {
      this.#shares[index] = Math.min(1, now_s / this.#duration_s);
      const done = this.#shares.reduce((sum, share) => sum + share, 0) / this.#expected;
      this.#told = Math.max(this.#told, Math.min(1, done));
      this.#tell?.(this.#told);
    };
  }
}
