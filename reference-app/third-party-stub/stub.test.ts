import { afterEach, expect, test } from 'vitest';
import { startThirdParties } from '../testing/third-parties.ts';
import type { TestThirdParties } from '../testing/third-parties.ts';

/** Labels that the documents' shipping service makes in a minute. */
const LABELS_A_MINUTE = 60;

let parties: TestThirdParties | undefined;
afterEach(async () => await parties?.stop());

async function orderLabels(count: number): Promise<Response[]> {
  const body = (orderId: number) => JSON.stringify({ orderId, address: 'Main Street 1' });
  const headers = (key: number) => ({ 'content-type': 'application/json', 'idempotency-key': `label-${key}` });
  const labels = Array.from({ length: count }, (_, index) => index + 1);
  const post = (id: number) =>
    fetch(`${parties?.url}/shipping/labels`, { method: 'POST', headers: headers(id), body: body(id) });
  return await Promise.all(labels.map(post));
}

test('refuses calls beyond the limit, and says when to come again', async () => {
  parties = await startThirdParties();
  const refused = (await orderLabels(LABELS_A_MINUTE + 3)).filter(({ status }) => status === 429);
  expect(refused).toHaveLength(3);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await parties.effects('shipping/labels')).toBe(LABELS_A_MINUTE);
});

test('without limits answers all of them', async () => {
  parties = await startThirdParties(undefined, false);
  expect((await orderLabels(LABELS_A_MINUTE + 3)).every(({ status }) => status === 200)).toBe(true);
});
