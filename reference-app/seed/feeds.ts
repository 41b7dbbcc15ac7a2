import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signToken } from '../auth/tokens.ts';
import { variantKey } from '../images/image-keys.ts';
import type { SeedImage } from './images.ts';
import type { ServiceName } from '../schema/parts.ts';
import { stockOf } from './products.ts';
import { makeQueries } from './queries.ts';
import { makeUsers, SEED_PASSWORD } from './users.ts';
import { CATEGORIES } from './vocabulary.ts';

/** Longer than any load test. */
const TOKEN_S = 24 * 3_600;

export interface FeedPlan {
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly jwtSecret: string;
  readonly service: ServiceName;
}

/**
 * Writes what a load generator draws from, each as TSV with a header row and readable by its owner only: products.tsv,
 * categories.tsv and queries.tsv in order of popularity, users.tsv with an access token each; and stock.tsv, how many there were of each product,
 * for whoever counts afterwards. A service writes those whose rows are its own. A reader never sees half a file.
 */
export async function writeFeeds(folder: string, plan: FeedPlan): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (plan.service === 'shop' || plan.service === 'product') await writeProducts(folder, plan);
  if (plan.service === 'shop' || plan.service === 'inventory') await writeStock(folder, plan);
  if (plan.service === 'shop' || plan.service === 'user') await writeUsers(folder, plan);
}

async function writeProducts(folder: string, { products, seed }: FeedPlan): Promise<void> {
  const ids = Array.from({ length: products }, (_, index) => String(index + 1));
  const categories = CATEGORIES.map(({ name }) => name);
  await writeFeed(folder, 'products.tsv', 'id', ids);
  await writeFeed(folder, 'categories.tsv', 'name', categories);
  await writeFeed(folder, 'queries.tsv', 'text', makeQueries(seed));
}

async function writeStock(folder: string, { products }: FeedPlan): Promise<void> {
  const rows = Array.from({ length: products }, (_, index) => `${index + 1}\t${stockOf(index + 1)}`);
  await writeFeed(folder, 'stock.tsv', 'id\tstock', rows);
}

async function writeUsers(folder: string, { users, jwtSecret }: FeedPlan): Promise<void> {
  const rows = Array.from(makeUsers(users), ({ id, email }) =>
    [id, email, SEED_PASSWORD, signToken(id, jwtSecret, TOKEN_S)].join('\t'),
  );
  await writeFeed(folder, 'users.tsv', 'id\temail\tpassword\ttoken', rows);
}

/** images.tsv: paths below IMAGES_URL of the large variants, of the most popular product first. */
export async function writeImageFeed(folder: string, images: readonly SeedImage[]): Promise<void> {
  const paths = images.map(({ productId, imageId }) => variantKey(productId, imageId, 'large'));
  await writeFeed(folder, 'images.tsv', 'path', paths);
}

/** Writes one feed. A reader never sees half of it. */
export async function writeFeed(folder: string, name: string, header: string, lines: readonly string[]): Promise<void> {
  const draft = join(folder, `.${name}.${process.pid}`);
  await writeFile(draft, `${header}\n${lines.join('\n')}\n`, { mode: 0o600 });
  await rename(draft, join(folder, name));
}
