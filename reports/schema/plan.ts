import { z } from 'zod';
import { ARCHITECTURE } from './architecture.ts';
import { CLAIMS } from './claims.ts';
import { key } from './key.ts';
import { GROWTH, PATTERNS, SPIKES } from './over-time.ts';
import { OVERRIDE } from './price-book.ts';
import { ASSUME, COSTS, DERIVE } from './quantities.ts';
import { FEEDS, REQUESTS } from './requests.ts';
import { KEY_SPACES } from './routes.ts';
import { CRITERION, FORMULA, TEXT } from './scalars.ts';
import { NOTE, SOURCE, TITLE } from './texts.ts';

const PRICES = z.strictObject({
  book: key(TEXT, 'A price book by its name, or by its path from the plan on', './prices.yaml'),
  override: key(OVERRIDE, "The plan's own prices in place of the book's", {
    'app.server': '$450/server/month',
  }).optional(),
  discounts: key(z.array(TEXT), "Those of the book's discounts that apply", ['fargate_1y']).optional(),
});

const BUDGET = z.strictObject({
  limit: key(FORMULA, 'What the sum has to stay within', '200 ms'),
  terms: key(z.array(TEXT), 'The quantities that add up', ['latency.network', 'latency.app']),
  title: TITLE,
  source: SOURCE,
  note: NOTE,
});

/** A plan file. Says no less than the reader in model/plan accepts, and what an editor shows beside each key. */
export const PLAN_FILE = z.strictObject({
  plan: key(TEXT, "The plan's name", 'my-shop'),
  title: key(TEXT, 'As reports show it', 'My Shop').optional(),
  application: key(
    TEXT,
    'What a stack of it runs: `shop` or `url-shortener`; without one `up` has nothing to start',
    'shop',
  ).optional(),
  documents: key(z.record(z.string(), TEXT), 'Documents that claims and sources refer to: id and title', {
    design: 'The design of May',
  }).optional(),
  units: key(
    z.array(z.string().regex(/^[a-z]+$/)),
    'Things that this plan counts, beyond those that are known anyway',
    ['parcel', 'photo'],
  ).optional(),
  prices: key(PRICES, 'The price book that `price.…` comes from', { book: './prices.yaml' }).optional(),
  assume: key(ASSUME, 'What nothing else explains: values with units, maybe with a range and a source', {
    'users.daily_active': { value: '2M users', low: '1M', high: '4M', source: 'business plan' },
    'peak.factor': 3,
  }).optional(),
  derive: key(DERIVE, 'What follows: formulas over other names; units are checked', {
    'traffic.average': 'users.daily_active * requests.per_user',
  }).optional(),
  cost: key(COSTS, 'What is paid for beyond instances of tiers: money per time, `cost.…` in formulas', {
    storage: 'storage.images * $0.023/GB/month',
  }).optional(),
  growth: key(GROWTH, 'How assumptions grow from month to month', {
    'users.daily_active': { points: { 0: '2M users', 24: '10M users' } },
  }).optional(),
  patterns: key(PATTERNS, 'How load moves over a day, a week, a year', {
    weekly: { period: '1 week', factors: { weekdays: 1, weekend: 1.4 } },
  }).optional(),
  spikes: key(SPIKES, 'Increases over the load of the moment', {
    viral: { factor: '10..100', duration: '1 h' },
  }).optional(),
  feeds: key(FEEDS, 'Rows that requests draw from', { product: { file: 'products.tsv', pick: 'zipf' } }).optional(),
  keys: key(KEY_SPACES, 'Objects that requests ask for, for caches, shards and replicas', {
    products: { count: '10M products', exponent: 0.99 },
  }).optional(),
  requests: key(REQUESTS, 'Request classes; their shares add up to 100 %', {
    view: { share: '100 %', kind: 'read', method: 'GET', path: '/products' },
  }).optional(),
  architecture: key(ARCHITECTURE, 'Steps; each adds tiers to the one before, changes them or takes them away', [
    {
      step: 1,
      name: 'One tier',
      tiers: { app: { kind: 'express', instances: 9, demand: 'traffic.peak', capacity: '1,000 req/s/server' } },
    },
  ]).optional(),
  budgets: key(z.record(z.string(), BUDGET), 'Limits on time, and what adds up to it', {
    order: { limit: '200 ms', terms: ['latency.network', 'latency.app'] },
  }).optional(),
  slo: key(z.array(CRITERION), 'What must hold under load', ['p95(latency) < 500 ms', 'error_rate < 0.1 %']).optional(),
  claims: key(CLAIMS, 'What documents say, and what it is held against', {
    'design.storage': { document: 'design', section: 'Storage', says: '~1.6 PB', computed: 'storage.total' },
  }).optional(),
});
