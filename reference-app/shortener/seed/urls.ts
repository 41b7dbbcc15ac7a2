import { createRandom, type Random } from '../../seed/random.ts';
import { ADJECTIVES, BRANDS, CATEGORIES, COLOURS } from '../../seed/vocabulary.ts';
import { CODES, codeOfNumber } from '../code.ts';

/**
 * Seeded codes lie a stride apart on the circle of all codes. It is a prime that does not divide 62^8, so that no two of them are
 * the same, which random draws could not promise, and the golden section of the circle, so that they spread. Who knows the seed
 * foresees them.
 */
const STRIDE = 134_941_606_358_731n;
/** Of targets.tsv: what creates under load ask for. */
const TARGETS = 10_000;

export interface SeedUrl {
  readonly code: string;
  readonly address: string;
}

/** The URLs of a seed, the most popular one first. */
export function* makeUrls(seed: number, count: number): Generator<SeedUrl> {
  const random = createRandom(seed);
  const first = BigInt(random.whole(2 ** 32));
  for (let number = 0; number < count; number += 1) {
    const code = codeOfNumber((first + BigInt(number) * STRIDE) % CODES);
    yield { code, address: makeAddress(random, number) };
  }
}

/** Addresses that are to be shortened. */
export function makeTargets(seed: number): string[] {
  // Of another seed than the URLs that are there.
  const random = createRandom(seed + 1);
  return Array.from({ length: TARGETS }, (_, number) => makeAddress(random, number));
}

/** Some 90 characters, as long as what people shorten. No real site is named: `.example` is nobody's (RFC 2606). */
function makeAddress(random: Random, number: number): string {
  const { name, nouns } = random.pick(CATEGORIES);
  const noun = random.pick(nouns);
  const host = `www.${slug(random.pick(BRANDS))}.example`;
  const page = slug(`${random.pick(ADJECTIVES)} ${random.pick(COLOURS)} ${noun} ${number + 1}`);
  return `https://${host}/${slug(name)}/${page}?from=newsletter-${1 + random.whole(500)}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
