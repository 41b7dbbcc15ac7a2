import bcrypt from 'bcrypt';
import { unavailable } from '../http/problem.ts';

/** bcrypt ignores what comes after 72 bytes, so longer passwords are refused instead of shortened. */
export const PASSWORD_BYTES_MAX = 72;

/** At cost 10 a hash takes some 50 ms of a core: more than this waiting would keep the last one for seconds. */
const UNDERWAY_MAX = 64;

/** Hashes and compares passwords on libuv's threads, never on the event loop. */
export class Passwords {
  readonly #cost: number;
  #underway = 0;
  #decoy: Promise<string> | undefined;

  constructor(cost: number) {
    this.#cost = cost;
  }

  /** Throws a 503 `Problem` when too many are under way. */
  async hash(password: string): Promise<string> {
    return await this.#bounded(() => bcrypt.hash(password, this.#cost));
  }

  /**
   * Whether the password belongs to the hash. Without a hash (no such user) a decoy is compared all the same, so that the
   * time taken does not tell which users exist.
   */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    return await this.#bounded(async () => {
      this.#decoy ??= bcrypt.hash('nobody has this password', this.#cost);
      const equal = await bcrypt.compare(password, hash ?? (await this.#decoy));
      return equal && hash !== undefined;
    });
  }

  /** Makes the decoy ready, so that not even the first unknown user takes longer. */
  async prepare(): Promise<void> {
    await (this.#decoy ??= bcrypt.hash('nobody has this password', this.#cost));
  }

  async #bounded<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#underway >= UNDERWAY_MAX) throw unavailable('too many people are logging in');
    this.#underway += 1;
    try {
      return await work();
    } finally {
      this.#underway -= 1;
    }
  }
}
