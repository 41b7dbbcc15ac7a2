import { createRandom, type Random } from '../../seed/random.ts';
import { ADJECTIVES, BRANDS, CATEGORIES, COLOURS } from '../../seed/vocabulary.ts';
import { CODES, codeOfNumber } from '../code.ts';

type Words = readonly [string, ...string[]];
const [first, ...others] = CATEGORIES;
const SECTIONS = slugs([first.name, ...others.map(({ name }) => name)]);
const HOSTS = slugs(BRANDS);
const LOOKS = slugs(ADJECTIVES);
const SHADES = slugs(COLOURS);

/**
 * Seeded codes lie a stride apart on the circle of all codes. It is a prime that does not divide 62^8, so that no two of them are
 * the same, which random draws could not promise, and the golden section of the circle, so that they spread. Who knows the seed
 * foresees them.
 */
const STRIDE = 134_941_606_358_731;
/** Of targets.tsv: what creates under load ask for. */
const TARGETS = 10_000;

export interface SeedUrl {
  readonly code: string;
  readonly address: string;
}

/** The URLs of a seed, the most popular one first. */
export function* makeUrls(seed: number, count: number): Generator<SeedUrl> {
  const random = createRandom(seed);
  let at = random.whole(2 ** 32);
  for (let number = 1; number <= count; number += 1) {
    yield { code: codeOfNumber(at), address: makeAddress(random, number) };
    at = (at + STRIDE) % CODES;
  }
}

/** Addresses that are to be shortened. */
export function makeTargets(seed: number): string[] {
  // Of another seed than the URLs that are there.
  const random = createRandom(seed + 1);
  return Array.from({ length: TARGETS }, (_, index) => makeAddress(random, index + 1));
}

/** Some 80 characters, as long as what people shorten. No real site is named: `.example` is nobody's (RFC 2606). */
function makeAddress(random: Random, number: number): string {
  const host = random.pick(HOSTS);
  const page = `${random.pick(LOOKS)}-${random.pick(SHADES)}-${number}`;
  return `https://www.${host}.example/${random.pick(SECTIONS)}/${page}?from=newsletter-${1 + random.whole(500)}`;
}

function slugs([first, ...others]: Words): Words {
  return [slug(first), ...others.map(slug)];
}

function slug(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
