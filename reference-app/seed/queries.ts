import { createRandom, type Random } from './random.ts';
import { ADJECTIVES, BRANDS, CATEGORIES, COLOURS, MATERIALS } from './vocabulary.ts';

const COUNT = 1_500;

/**
 * Search texts in order of popularity: single nouns and categories first, then longer ones. One in thirty names a model that
 * does not exist; of 100,000 products, more than nine in ten queries match some.
 */
export function makeQueries(seed: number): string[] {
  const random = createRandom(seed + 1);
  const nouns = CATEGORIES.flatMap((category) => category.nouns);
  const queries = new Set<string>([
    ...shuffled(nouns, random),
    ...CATEGORIES.map((category) => category.name.toLowerCase()),
  ]);
  while (queries.size < COUNT) queries.add(makeQuery(random, queries.size));
  return [...queries];
}

function makeQuery(random: Random, position: number): string {
  const noun = random.pick(random.pick(CATEGORIES).nouns);
  if (position % 30 === 29) return `${noun} qx${random.whole(10_000)}`;
  const forms = [
    () => `${random.pick(ADJECTIVES)} ${noun}`,
    () => `${random.pick(BRANDS)} ${noun}`,
    () => `${random.pick(COLOURS)} ${noun}`,
    () => `${random.pick(MATERIALS)} ${noun}`,
    () => `${random.pick(COLOURS)} ${random.pick(MATERIALS)} ${noun}`,
    () => `${random.pick(COLOURS)} ${random.pick(ADJECTIVES)} ${noun}`,
  ] as const;
  return random.pick(forms)().toLowerCase();
}

/** Fisher and Yates's shuffle. */
function shuffled(values: readonly string[], random: Random): string[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.whole(last + 1);
    [result[last], result[other]] = [result[other] ?? '', result[last] ?? ''];
  }
  return result;
}
