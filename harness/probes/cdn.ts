import { createRandom } from '../../model/random/random.ts';
import { pickByZipf } from '../../model/workload/zipf.ts';
import type { Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { readFeed } from './feed.ts';
import { Caller } from './http/caller.ts';
import type { Answer } from './http/caller.ts';

const CONNECTIONS = 8;

/** Asks the edge of the CDN for images that it has not, then has, then as popularity goes; and their origin for the same. */
export const cdn: Probe = {
  name: 'cdn',
  title: 'images that the edge has not, and has',
  classes: ['image.cold', 'image.warm', 'image.drawn', 'image.origin'],
  counters: ['cdn.hits', 'cdn.misses'],
  parameters: {
    images: { kind: 'count', otherwise: 40, about: 'how many are asked for twice' },
    draws: { kind: 'count', otherwise: 0, about: "how many are drawn of all by Zipf's law, to see which the edge has" },
  },
  async run(site) {
    const { images_url } = site.stack;
    const { images } = site.connections;
    if (images_url === undefined || images === null) {
      throw new RunError(`step ${site.stack.step} has no CDN in front of a store`, 'choose a step that has both');
    }
    const edge = new Caller(images_url, CONNECTIONS, site.recorder);
    const origin = new Caller(new URL(images.url).origin, CONNECTIONS, site.recorder);
    try {
      const paths = (await readFeed(site, 'images.tsv')).map(({ path = '' }) => path);
      const all = await askTwice(site, paths, edge, origin, new URL(images.url).pathname);
      const drawn = await askDrawn(site, paths, edge);
      const warmBefore = all.cold.filter((answer) => !isMiss(answer)).length;
      const late = `the edge had ${warmBefore} of ${all.cold.length} images already; start the stack anew`;
      return {
        counters: {
          'cdn.hits': drawn.filter((answer) => !isMiss(answer)).length,
          'cdn.misses': drawn.filter(isMiss).length,
        },
        ...(warmBefore > 0 && { incompleteBecause: late }),
      };
    } finally {
      await edge.close();
      await origin.close();
    }
  },
};

/** One after the other, the least popular first: those are not drawn before. */
async function askTwice(
  { parameters, signal }: ProbeSite,
  paths: readonly string[],
  edge: Caller,
  origin: Caller,
  bucket: string,
): Promise<{ readonly cold: (Answer | null)[] }> {
  const cold: (Answer | null)[] = [];
  for (const path of paths.slice(-Number(parameters['images']))) {
    if (signal.aborted) break;
    cold.push(await edge.ask('image.cold', { path: `/${path}` }));
    await edge.ask('image.warm', { path: `/${path}` });
    await origin.ask('image.origin', { path: `${bucket}/${path}` });
  }
  return { cold };
}

async function askDrawn({ parameters, seed, signal }: ProbeSite, paths: readonly string[], edge: Caller) {
  const random = createRandom(seed, 'cdn');
  const pick = pickByZipf(paths.length, 0.99);
  let left = Number(parameters['draws']);
  const answers: (Answer | null)[] = [];
  const lane = async (): Promise<void> => {
    while (left-- > 0 && !signal.aborted) {
      answers.push(await edge.ask('image.drawn', { path: `/${paths[pick(random.uniform())] ?? ''}` }));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  return answers;
}

function isMiss(answer: Answer | null): boolean {
  return answer?.headers['x-cache'] !== 'HIT';
}
