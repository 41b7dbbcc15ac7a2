import { BoundedLru } from '../cache/bounded-lru.ts';

/** Queries counted at a time; what is asked least recently is forgotten first. */
const COUNTED_MAX = 10_000;
/** This often within the window makes a query popular, as one instance sees it. */
const POPULAR_FROM = 10;
/** Long enough to tell habits from chance, and as long as a popular page stays cached. */
const WINDOW_MS = 600_000;

/** Tells popular queries from rare ones by counting them within this instance, in windows of ten minutes. */
export class PopularQueries {
  #counts = new BoundedLru<string, number>(COUNTED_MAX);
  #before = new BoundedLru<string, number>(COUNTED_MAX);
  readonly #now_ms: () => number;
  #windowEnds_ms: number;

  constructor(now_ms: () => number = () => performance.now()) {
    this.#now_ms = now_ms;
    this.#windowEnds_ms = now_ms() + WINDOW_MS;
  }

  count(query: string): void {
    const now_ms = this.#now_ms();
    if (now_ms >= this.#windowEnds_ms) {
      this.#before = this.#counts;
      this.#counts = new BoundedLru(COUNTED_MAX);
      this.#windowEnds_ms = now_ms + WINDOW_MS;
    }
    this.#counts.set(query, (this.#counts.get(query) ?? 0) + 1);
  }

  /** Whether the query was popular in this window or the one before it. */
  isPopular(query: string): boolean {
    return Math.max(this.#counts.get(query) ?? 0, this.#before.get(query) ?? 0) >= POPULAR_FROM;
  }
}
