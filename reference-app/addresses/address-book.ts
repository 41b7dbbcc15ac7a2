import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { ADDRESSES_TTL_S } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';
import { Problem } from '../http/problem.ts';

/** More than anybody delivers to; a book is read, cached and sent as a whole. */
export const ADDRESSES_MAX = 20;

const READ_ADDRESSES: Statement = {
  name: 'read-addresses',
  kind: 'read',
  text: `SELECT coalesce(json_agg(row_to_json(a)), '[]')::text AS body
           FROM (SELECT address_id AS "addressId", label, address, created_at AS "createdAt"
                   FROM addresses WHERE user_id = $1 ORDER BY address_id) a`,
};
const ADD_ADDRESS: Statement = {
  name: 'add-address',
  kind: 'write',
  text: `SELECT add_address($1, $2, $3, ${ADDRESSES_MAX}) AS body`,
};
const REMOVE_ADDRESS: Statement = {
  name: 'remove-address',
  kind: 'write',
  text: 'DELETE FROM addresses WHERE user_id = $1 AND address_id = $2',
};

const listed = z.array(z.object({ addressId: z.int(), address: z.string() }));

/** The addresses of each user, cached as a whole until they change. */
export class AddressBook {
  readonly #database: Queries;
  readonly #cache: Cache;
  readonly #cached: CacheAside;

  constructor(database: Queries, cache: Cache) {
    this.#database = database;
    this.#cache = cache;
    this.#cached = new CacheAside(cache, 'address');
  }

  /** A user's addresses as a JSON array, the oldest first. */
  async list(userId: number): Promise<string> {
    const body = await this.#cached.read(addressesKey(userId), async (): Promise<Loaded> => {
      const row = await this.#database.queryOne<{ body: string }>(READ_ADDRESSES, [userId], { owner: userId });
      return { body: row.body, ttl_s: ADDRESSES_TTL_S };
    });
    return String(body);
  }

  /** Adds an address and returns it as JSON. Throws a 409 `Problem` when the book is full. */
  async add(userId: number, address: string, label: string | null): Promise<string> {
    const values = [userId, label, address];
    const { body } = await this.#database.queryOne<{ body: string | null }>(ADD_ADDRESS, values, { owner: userId });
    if (body === null) throw new Problem(409, 'ADDRESS_BOOK_FULL', `there are ${ADDRESSES_MAX} addresses already`);
    await this.#cache.invalidate(addressesKey(userId));
    return body;
  }

  /** Removes an address; one that is not there, or is somebody else's, stays as it is. */
  async remove(userId: number, addressId: number): Promise<void> {
    await this.#database.query(REMOVE_ADDRESS, [userId, addressId], { owner: userId });
    await this.#cache.invalidate(addressesKey(userId));
  }

  /** The text of an address of this user, or null. What the cache says is right: entries never change. */
  async find(userId: number, addressId: number): Promise<string | null> {
    const addresses = listed.parse(JSON.parse(await this.list(userId)));
    return addresses.find((each) => each.addressId === addressId)?.address ?? null;
  }
}

function addressesKey(userId: number): string {
  return `addresses:v1:${userId}`;
}
