import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES, may, type Permission } from '../auth/roles.ts';
import { query } from '../testing/servers.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { until } from '../testing/until.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true });
});
afterAll(async () => {
  await shop.stop();
});

async function place(as: number, productId: number, quantity: number): Promise<number> {
  const items = [{ productId, quantity }];
  const body = { items, paymentMethod: 'CARD', shippingAddress: '1 Main Street' };
  return ((await shop.ask('POST', '/orders', { as, body })).json as { orderId: number }).orderId;
}

test.for([
  ['order.read_any', 'viewer'],
  ['inventory.pick', 'employee'],
  ['order.deliver', 'employee'],
  ['order.cancel_any', 'manager'],
  ['product.write', 'manager'],
  ['dead_letters.read', 'manager'],
  ['dead_letters.replay', 'admin'],
  ['user.set_role', 'admin'],
  ['audit.read', 'admin'],
] as const satisfies [Permission, string][])('%s is for %s and above', ([permission, least]) => {
  expect(ROLES.filter((role) => may(role, permission))).toEqual(ROLES.slice(ROLES.indexOf(least)));
});

test('of two managers who pick the same line at once, one has it and the other is told by whom', async () => {
  const orderId = await place(5, 12, 2);
  const pick = (as: number) =>
    shop.ask('PUT', '/inventory/12/pick', { as, role: 'manager', body: { orderId, quantity: 2 } });
  const answers = await Promise.all([pick(30), pick(31), pick(30), pick(31)]);
  const winner = answers.findIndex((answer) => answer.status === 200);
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  const refused = answers.filter((answer) => answer.status === 409);
  expect(refused).toHaveLength(3);
  for (const answer of refused) {
    expect(answer.json).toMatchObject({
      error: { code: 'ALREADY_PICKED', details: { pickedBy: winner % 2 === 0 ? 30 : 31 } },
    });
  }
});

test('only what was ordered is picked, and not from a cancelled order', async () => {
  const orderId = await place(6, 13, 2);
  const pick = (productId: number, quantity: number) =>
    shop.ask('PUT', `/inventory/${productId}/pick`, { as: 30, role: 'employee', body: { orderId, quantity } });
  expect(await pick(13, 1)).toMatchObject({ status: 409, json: { error: { code: 'WRONG_QUANTITY' } } });
  expect((await pick(14, 1)).status).toBe(404);
  await shop.ask('POST', `/orders/${orderId}/cancel`, { as: 6 });
  expect(await pick(13, 2)).toMatchObject({ status: 409, json: { error: { code: 'NOT_OPEN' } } });
});

test('who may not is refused, and both is written down', async () => {
  const path = '/products/15';
  expect((await shop.ask('PATCH', path, { body: { stock: 1 } })).status).toBe(401);
  expect(await shop.ask('PATCH', path, { as: 7, body: { stock: 1 } })).toMatchObject({
    status: 403,
    json: { error: { code: 'FORBIDDEN' } },
  });
  expect((await shop.ask('PATCH', path, { as: 8, role: 'manager', body: { stock: 1 } })).status).toBe(200);
  const { json } = await shop.ask('GET', '/admin/audit?limit=3', { as: 9, role: 'admin' });
  expect(json).toMatchObject({
    entries: [
      { userId: 9, role: 'admin', action: 'audit.read', allowed: true },
      { userId: 8, role: 'manager', action: 'product.write', subject: 'product 15', allowed: true },
      { userId: 7, role: 'customer', action: 'product.write', subject: 'product 15', allowed: false },
    ],
  });
});

test('a changed price and stock show at once, though the product was cached', async () => {
  const show = async () => (await shop.ask('GET', '/products/16')).json as { priceCents: number; inStock: boolean };
  await show();
  await shop.ask('GET', '/products/16/inventory');
  await shop.ask('PATCH', '/products/16', { as: 8, role: 'manager', body: { priceCents: 4_242, stock: 0 } });
  expect(await show()).toMatchObject({ priceCents: 4_242, inStock: false });
  expect((await shop.ask('GET', '/products/16/inventory')).json).toEqual({ productId: 16, stock: 0 });
});

test('stock that was sold is asked anew', async () => {
  await query(shop.database.url, 'UPDATE products SET stock_quantity = 40 WHERE product_id = 17');
  const stock = async () => ((await shop.ask('GET', '/products/17/inventory')).json as { stock: number }).stock;
  expect(await stock()).toBe(40);
  await place(5, 17, 3);
  await until(async () => (await stock()) === 37);
});

test('a review appears soon, and a second one replaces it', async () => {
  const write = (rating: number) => shop.ask('POST', '/products/18/reviews', { as: 5, body: { rating } });
  expect((await write(5)).status).toBe(202);
  await write(2);
  await until(async () => {
    const { json } = await shop.ask('GET', '/products/18/reviews');
    return JSON.stringify(json).includes('"average":2') && (json as { count: number }).count === 1;
  });
  expect((await shop.ask('POST', '/products/999999/reviews', { as: 5, body: { rating: 5 } })).status).toBe(404);
});

test('a delivered order has gone all its way', async () => {
  const orderId = await place(5, 19, 1);
  const deliver = () => shop.ask('POST', `/admin/orders/${orderId}/deliver`, { as: 8, role: 'employee' });
  expect(await deliver()).toMatchObject({ status: 409, json: { error: { code: 'NOT_SHIPPED' } } });
  await query(shop.database.url, "UPDATE orders SET status = 'SHIPPED' WHERE order_id = $1", [orderId]);
  expect(await deliver()).toMatchObject({ status: 200, json: { status: 'DELIVERED' } });
});

test('a refresh token is good once; one that comes twice ends its login', async () => {
  const account = { email: 'fresh@shop.test', password: 'a long password' };
  const session = (answer: { json: unknown }) => answer.json as { token: string; refreshToken: string; role: string };
  const first = session(await shop.ask('POST', '/auth/register', { body: account }));
  const refresh = (refreshToken: string) => shop.ask('POST', '/auth/refresh', { body: { refreshToken } });
  const second = await refresh(first.refreshToken);
  expect(second.status).toBe(200);
  const headers = { authorization: `Bearer ${session(second).token}` };
  expect((await shop.ask('GET', '/users/me', { headers })).json).toMatchObject({ email: account.email });
  // Neither kind of token is taken for the other.
  expect((await refresh(first.token)).status).toBe(401);
  const wrong = { authorization: `Bearer ${session(second).refreshToken}` };
  expect((await shop.ask('GET', '/users/me', { headers: wrong })).status).toBe(401);
  expect((await refresh(first.refreshToken)).status).toBe(401);
  expect((await refresh(session(second).refreshToken)).status).toBe(401);

  const again = session(await shop.ask('POST', '/auth/login', { body: account }));
  expect((await shop.ask('POST', '/auth/logout', { body: { refreshToken: again.refreshToken } })).status).toBe(204);
  expect((await refresh(again.refreshToken)).status).toBe(401);
});

test('a role that was given comes with the next tokens', async () => {
  const account = { email: 'viewer@shop.test', password: 'a long password' };
  const registered = (await shop.ask('POST', '/auth/register', { body: account })).json as {
    userId: number;
    refreshToken: string;
  };
  const give = (as: number, role: 'admin' | 'manager') =>
    shop.ask('PUT', `/admin/users/${registered.userId}/role`, { as, role, body: { role: 'viewer' } });
  expect((await give(8, 'manager')).status).toBe(403);
  expect((await give(9, 'admin')).status).toBe(204);
  const body = { refreshToken: registered.refreshToken };
  expect((await shop.ask('POST', '/auth/refresh', { body })).json).toMatchObject({ role: 'viewer' });
});

test('a new password needs the old one', async () => {
  const account = { email: 'change@shop.test', password: 'a long password' };
  const { userId } = (await shop.ask('POST', '/auth/register', { body: account })).json as { userId: number };
  const change = (body: object) => shop.ask('PATCH', '/users/me', { as: userId, body });
  expect((await change({ newPassword: 'another password' })).status).toBe(400);
  expect((await change({ newPassword: 'another password', password: 'a guess' })).status).toBe(401);
  expect((await change({ newPassword: 'another password', password: account.password })).status).toBe(200);
  const login = await shop.ask('POST', '/auth/login', { body: { ...account, password: 'another password' } });
  expect(login.status).toBe(200);
});
