import type { Cache } from '../cache/cache.ts';

/**
 * Orders as they were written, for as long as a replica may not have them: the strategy cache-after-write. Kept for seconds
 * only, because workers change orders without telling the cache.
 */
export class RecentOrders {
  readonly #cache: Cache;
  readonly #ttl_s: number;

  constructor(cache: Cache, window_ms: number) {
    this.#cache = cache;
    this.#ttl_s = Math.ceil(window_ms / 1_000);
  }

  async keep(userId: number, orderId: number, body: string): Promise<void> {
    await Promise.all([
      this.#cache.put(orderKey(userId, orderId), body, this.#ttl_s),
      this.#cache.put(newestKey(userId), String(orderId), this.#ttl_s),
    ]);
  }

  async read(userId: number, orderId: number): Promise<Buffer | null> {
    return await this.#cache.get('order', orderKey(userId, orderId));
  }

  /** The order this user placed or changed last, if that was within the window. */
  async newest(userId: number): Promise<number | null> {
    const kept = await this.#cache.peek(newestKey(userId));
    return kept === null ? null : Number(kept.toString());
  }
}

function orderKey(userId: number, orderId: number): string {
  return `order:v1:${userId}:${orderId}`;
}

function newestKey(userId: number): string {
  return `newest-order:v1:${userId}`;
}
