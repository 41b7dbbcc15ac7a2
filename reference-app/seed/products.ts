import { createRandom } from './random.ts';
import { ADJECTIVES, BRANDS, CATEGORIES, COLOURS, MATERIALS, PURPOSES } from './vocabulary.ts';

/** The top tenth of the catalogue is popular: the share the plan would have cached. */
const POPULAR_SHARE = 0.1;
/** Every so many products one is new. */
const NEW_EVERY = 20;
const SELLERS = 500;

export interface SeedProduct {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price_cents: number;
  readonly stock: number;
  readonly demand: 'popular' | 'regular' | 'new';
  readonly sellerId: number;
}

/** The catalogue of a seed, in order of popularity: product 1 is the most popular one. */
export function* makeProducts(seed: number, count: number): Generator<SeedProduct> {
  const random = createRandom(seed);
  for (let id = 1; id <= count; id += 1) {
    const { name: category, nouns, from_cents, to_cents } = random.pick(CATEGORIES);
    const noun = random.pick(nouns);
    const adjective = random.pick(ADJECTIVES);
    const brand = random.pick(BRANDS);
    const colour = random.pick(COLOURS);
    const material = random.pick(MATERIALS);
    const model = `${String.fromCodePoint(65 + random.whole(26))}${100 + random.whole(900)}`;
    // Prices spread over their range evenly by factor, not by sum: more things are cheap than dear.
    const price_cents = Math.round(from_cents * (to_cents / from_cents) ** random.fraction());
    yield {
      id,
      name: `${brand} ${adjective} ${noun} ${model}`,
      description:
        `${colour} ${noun} in ${material}, made by ${brand} for ${random.pick(PURPOSES)} and ${random.pick(PURPOSES)}. ` +
        `${1 + random.whole(5)} years of guarantee, delivered within ${1 + random.whole(9)} days.`,
      category,
      price_cents,
      stock: stockOf(id),
      demand: id <= Math.ceil(count * POPULAR_SHARE) ? 'popular' : id % NEW_EVERY === 0 ? 'new' : 'regular',
      sellerId: 1 + random.whole(SELLERS),
    };
  }
}

/**
 * Demand falls about as 1 / rank, and so does the stock, from ten million: a load test of an hour does not sell out the most
 * popular product, and the least popular one still has hundreds.
 */
export function stockOf(rank: number): number {
  return 500 + Math.floor(10_000_000 / rank);
}
