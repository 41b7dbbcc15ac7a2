import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from '../../engines/index.ts';
import type { Stack } from '../../infra/backend.ts';
import { localConfig } from '../../infra/local/config.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { removeHome, shopTopology, testConfig } from '../../infra/local/testing/test-home.ts';
import { planMix } from '../../model/calibration/mix-demand.ts';
import { predictorOf } from '../../model/calibration/predict.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { calibrate } from './calibrate.ts';
import type { CalibrationRequest } from './calibration-meter.ts';
import { checkCalibration } from './check-calibration.ts';
import type { Effort } from './effort.ts';

// Calibrations of a small stack of real servers: that everything is looked at. How much it costs is the machine's business.
const { applications } = localConfig();
const config = testConfig({ first: 32_000, end: 32_160 }, { applications });
const backend = createLocalBackend(config);
const WINDOWS = { settle_s: 0.2, window_s: 0.5, windows: 2 };
const effort: Effort = {
  warmUp_s: 0.5,
  idle_s: 0.2,
  pilot_s: 0.5,
  classes: WINDOWS,
  classUtilisation: 0.05,
  sweep: WINDOWS,
  sweepUtilisations: [0.05, 0.1],
};
let stack: Stack;

beforeAll(async () => {
  stack = await backend.up(shopTopology(2), { name: 'calibrated', seed: 7, products: 200, users: 300 });
});

afterAll(async () => {
  await backend.down('calibrated');
  removeHome(config);
});

function planWith(product: string): Plan {
  const text = `plan: small
feeds:
  product: { file: products.tsv, pick: uniform }
  user: { file: users.tsv, pick: uniform }
requests:
  read: { share: 80 %, kind: read, method: GET, path: '${product}' }
  write:
    share: 20 %
    kind: write
    method: POST
    path: /api/v1/cart/items
    headers: { authorization: 'Bearer \${user.token}' }
    body: { productId: '\${product.id:number}', quantity: 1 }
`;
  return readPlan('small.yaml', text);
}

function requestFor(plan: Plan): CalibrationRequest {
  const engine = ENGINES.get('open-loop');
  if (!engine) throw new Error('there is no open-loop engine');
  return { plan, stack, engine, effort, seed: 1, environment: {}, signal: new AbortController().signal };
}

describe('a calibration', () => {
  test('finds what each class asks of each tier, and foretells loads that are then driven', async () => {
    const plan = planWith('/api/v1/products/${product.id}');
    const request = requestFor(plan);
    const calibration = await calibrate(request);
    expect(calibration.classes.map((each) => each.class)).toEqual(['read', 'write']);
    const [read, write] = calibration.classes;
    for (const each of [read, write]) {
      expect(each?.demands.map(({ tier }) => tier).toSorted()).toEqual(['app', 'cache', 'db', 'lb']);
      expect(each?.demands.find(({ tier }) => tier === 'app')?.cpu_s.value).toBeGreaterThan(1e-5);
      expect(each?.generator_s.value).toBeGreaterThan(1e-6);
      expect(each?.response.mean_s).toBeGreaterThan(1e-4);
    }
    const database = (of: typeof read): number => of?.demands.find(({ tier }) => tier === 'db')?.cpu_s.value ?? 0;
    // A product comes from the cache; a line of a cart is stored.
    expect(database(write)).toBeGreaterThan(database(read));
    expect(read?.counters).toMatchObject({ 'nginx.requests': expect.any(Number) });
    expect(calibration.sweep).toHaveLength(2);
    expect(calibration.quiet.foreign_cores_max).toBeGreaterThanOrEqual(calibration.quiet.foreign_cores);
    expect(predictorOf(calibration, planMix(plan)).predict(planMix(plan), 50).utilisation).toBeGreaterThan(0);
    const check = await checkCalibration({
      ...request,
      calibration,
      utilisations: [0.05],
      windows: WINDOWS,
      warmUp_s: 0.5,
    });
    expect(check.rows.map(({ quantity }) => quantity)).toEqual(expect.arrayContaining(['throughput', 'utilisation']));
    expect(check.rows.every(({ measured }) => measured > 0)).toBe(true);
  }, 180_000);

  test('refuses a class that is answered with errors', async () => {
    const failing = calibrate(requestFor(planWith('/api/v1/nothing/${product.id}')));
    await expect(failing).rejects.toThrow(/requests of `read` were answered with an error \(statuses 404\)/);
  }, 180_000);
});
