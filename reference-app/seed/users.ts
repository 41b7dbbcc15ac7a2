import bcrypt from 'bcrypt';
import { createRandom } from './random.ts';

/** Every seeded user's password. */
export const SEED_PASSWORD = 'seeded-shopper-1';

const SALT_ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export interface SeedUser {
  readonly id: number;
  readonly email: string;
  readonly name: string;
}

export function* makeUsers(count: number): Generator<SeedUser> {
  for (let id = 1; id <= count; id += 1) yield { id, email: `user${id}@shop.test`, name: `User ${id}` };
}

/**
 * The one hash that all seeded users share: hashing each password would take minutes (10,000 at 50 ms each). Its salt comes
 * from the seed, so that the loaded data is the same each time. Fit for test data only, for both reasons.
 */
export async function seedPasswordHash(seed: number, cost: number): Promise<string> {
  const random = createRandom(seed + 2);
  // 22 characters hold 132 bits for a salt of 128: the last one has only two that count.
  const salt = Array.from({ length: 21 }, () => SALT_ALPHABET[random.whole(64)]).join('') + '.Oeu'[random.whole(4)];
  return await bcrypt.hash(SEED_PASSWORD, `$2b$${String(cost).padStart(2, '0')}$${salt}`);
}
