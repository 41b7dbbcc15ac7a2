import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../model/document/diagnostic.ts';
import type { Diagnostic } from '../../model/document/diagnostic.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import { FILE_KINDS, fileSchema } from './published.ts';
import type { FileKind } from './published.ts';
import { mappingsIn } from './testing/mappings-in.ts';

type Frame = (mapping: string) => string;

const BOOK: Frame = (items) => `{ prices: b, as_of: 2026-01-02, items: ${items} }`;
const TIER = 'kind: express, instances: 1, demand: 3, capacity: 2';
const TRACED = '{ name: p, duration: 1 s,';
const step = (number: number, tier: string): string => `{ step: ${number}, name: s, tiers: { app: ${tier} } }`;
const plan = (rest: string): string => `{ plan: p, assume: { a: 3 }, documents: { d: D }, ${rest} }`;

const BLOCKS = ['service', 'sharding', 'call', 'limit', 'shed', 'cache', 'replication', 'failover'];

/** Around the blocks of a tier that say how it behaves. */
function behaviourFrames(at: string, steps: Frame): Record<string, Frame> {
  const around =
    (block: string): Frame =>
    (mapping) =>
      plan(`architecture: [${steps(block.replace('…', mapping))}]`);
  const blocks = BLOCKS.map((name): [string, Frame] => [`${at}.tiers.*.${name}`, around(`${name}: …`)]);
  return { ...Object.fromEntries(blocks), [`${at}.tiers.*.call.breaker`]: around('call: { breaker: … }') };
}

/** Around each mapping of a file: the least that lets the reader come to it. */
const FRAMES: Readonly<Record<FileKind, Readonly<Record<string, Frame>>>> = {
  plan: {
    '': (mapping) => mapping,
    prices: (mapping) => plan(`prices: ${mapping}`),
    'prices.override.*': (mapping) => plan(`prices: { book: b, override: { item: ${mapping} } }`),
    'assume.*': (mapping) => `{ plan: p, assume: { a: ${mapping} } }`,
    'derive.*': (mapping) => plan(`derive: { b: ${mapping} }`),
    'cost.*': (mapping) => plan(`cost: { b: ${mapping} }`),
    'growth.*': (mapping) => plan(`growth: { a: ${mapping} }`),
    'patterns.*': (mapping) => plan(`patterns: { daily: ${mapping} }`),
    'patterns.*.shares[]': (mapping) => plan(`patterns: { daily: { period: 1 day, shares: [${mapping}] } }`),
    'spikes.*': (mapping) => plan(`spikes: { viral: ${mapping} }`),
    'feeds.*': (mapping) => plan(`feeds: { product: ${mapping} }`),
    'requests.*': (mapping) => plan(`requests: { view: ${mapping} }`),
    'requests.*.identify': (mapping) =>
      plan(`requests: { r: { share: 100 %, kind: write, method: POST, path: /r, identify: ${mapping} } }`),
    'architecture[0]': (mapping) => plan(`architecture: [${mapping}]`),
    'architecture[0].tiers.*': (mapping) => plan(`architecture: [${step(1, mapping)}]`),
    'keys.*': (mapping) => plan(`keys: { products: ${mapping} }`),
    ...behaviourFrames('architecture[0]', (tier) => step(1, `{ ${TIER}, ${tier} }`)),
    ...behaviourFrames('architecture[]', (tier) => `${step(1, `{ ${TIER} }`)}, ${step(2, `{ ${tier} }`)}`),
    'architecture[0].routes.*[]': (mapping) =>
      plan(`architecture: [{ step: 1, name: s, tiers: {}, routes: { read: [${mapping}] } }]`),
    'architecture[].routes.*[]': (mapping) =>
      plan(`architecture: [{ step: 1, name: s, tiers: {}, routes: { read: [${mapping}] } }]`),
    'architecture[0].tiers.*.autoscale': (mapping) =>
      plan(`architecture: [${step(1, `{ ${TIER}, autoscale: ${mapping} }`)}]`),
    'architecture[]': (mapping) => plan(`architecture: [${step(1, `{ ${TIER} }`)}, ${mapping}]`),
    'architecture[].tiers.*': (mapping) => plan(`architecture: [${step(1, `{ ${TIER} }`)}, ${step(2, mapping)}]`),
    'architecture[].tiers.*.autoscale': (mapping) =>
      plan(`architecture: [${step(1, `{ ${TIER} }`)}, ${step(2, `{ autoscale: ${mapping} }`)}]`),
    'budgets.*': (mapping) => plan(`budgets: { order: ${mapping} }`),
    'claims.*': (mapping) => plan(`claims: { c: ${mapping} }`),
    'claims.*.measured': (mapping) => plan(`claims: { c: { document: d, section: s, says: 3, measured: ${mapping} } }`),
    'claims.*.measured.versus': (mapping) =>
      plan(
        `claims: { c: { document: d, section: s, says: 3, measured: { scenario: s, step: 1, metric: rate, versus: ${mapping} } } }`,
      ),
  },
  prices: {
    '': (mapping) => mapping,
    'items.*': (mapping) => BOOK(`{ item: ${mapping} }`),
    'discounts.*': (mapping) => BOOK(`{ item: $5 }, discounts: { spot: ${mapping} }`),
  },
  // Mostly with an engine that paces nothing, whose phases need no rate.
  scenario: {
    '': (mapping) => mapping,
    arrivals: (mapping) => `{ scenario: s, engine: closed, phases: [], arrivals: ${mapping} }`,
    'phases[]': (mapping) => `{ scenario: s, engine: closed, phases: [${mapping}] }`,
    'phases[].trace': (mapping) => `{ scenario: s, engine: open, phases: [${TRACED} trace: ${mapping} }] }`,
    'journeys.*': (mapping) => `{ scenario: s, engine: open, phases: [], journeys: { j: ${mapping} } }`,
    'journeys.*.steps[]': (mapping) =>
      `{ scenario: s, engine: open, phases: [], journeys: { j: { share: 100 %, steps: [${mapping}] } } }`,
    'journeys.*.steps[].think': (mapping) =>
      `{ scenario: s, engine: open, phases: [], journeys: { j: { share: 100 %, steps: [{ request: r, think: ${mapping} }] } } }`,
    'faults[]': (mapping) => `{ scenario: s, engine: closed, phases: [], faults: [${mapping}] }`,
  },
};

const ENGINES = new Map([
  ['closed', false],
  ['open', true],
]);

const READERS: Readonly<Record<FileKind, (text: string) => unknown>> = {
  plan: (text) => readPlan('p', text, { priceBook: () => ({ path: 'b', text: BOOK('{ item: $5 }') }) }),
  prices: (text) => readPlan('p', '{ plan: p, prices: { book: b } }', { priceBook: () => ({ path: 'b', text }) }),
  scenario: (text) => readScenario('s', text, readPlan('p', 'plan: p'), ENGINES),
};

function problems(kind: FileKind, text: string): readonly Diagnostic[] {
  try {
    READERS[kind](text);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics;
    throw error;
  }
}

/** The reader names the keys it knows when it meets one that is near to none of them. */
function known(kind: FileKind, frame: Frame): string[] {
  const found = problems(kind, frame('{ qqqqqqqqqqqq: 1 }')).find(({ message }) => message.includes('qqqqqqqqqqqq'));
  return (/^known keys: (.*)$/.exec(found?.help ?? '')?.[1] ?? '').split(', ').toSorted();
}

function required(kind: FileKind, frame: Frame): string[] {
  return problems(kind, frame('{}'))
    .flatMap(({ help = '' }) => /^add `(\w+): …`$/.exec(help)?.[1] ?? [])
    .toSorted();
}

describe.each(FILE_KINDS)('the schema of a %s file', (kind) => {
  const mappings = mappingsIn(fileSchema(kind, ['closed']));

  it('is compared in all of its mappings', () => {
    expect([...mappings.keys()].toSorted()).toEqual(Object.keys(FRAMES[kind]).toSorted());
  });

  it.each([...mappings])('has the keys that the reader has, in `%s`', (at, mapping) => {
    const frame = FRAMES[kind][at] ?? String;
    expect(Object.keys(mapping.shape).toSorted()).toEqual(known(kind, frame));
  });

  it.each([...mappings])('needs the keys that the reader needs, in `%s`', (at, mapping) => {
    const frame = FRAMES[kind][at] ?? String;
    const needed = Object.entries(mapping.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
    expect(needed.map(([key]) => key).toSorted()).toEqual(required(kind, frame));
  });
});
