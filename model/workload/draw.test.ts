import { expect, test } from 'vitest';
import { createDrawer } from './draw.ts';
import type { RequestTemplate, Workload } from './workload.ts';

const template = (name: string, share: number, path: string): RequestTemplate => ({
  class: name,
  share,
  method: 'GET',
  path,
  headers: {},
  accept: [200],
  timeout_ms: 1000,
});
const rows = (n: number): string[][] => Array.from({ length: n }, (_, i) => [String(i), `name ${i}`]);
const workload: Workload = {
  classes: [template('a', 0.7, '/${users.id}'), template('b', 0.3, '/${orders.id}'), template('c', 0, '/')],
  feeds: {
    users: { pick: 'zipf', exponent: 1, columns: ['id', 'name'], rows: rows(10) },
    orders: { pick: 'sequential', columns: ['id', 'name'], rows: rows(3) },
  },
};

const take = (of: Workload, seed: number, n: number) => {
  const drawer = createDrawer(of, seed);
  return Array.from({ length: n }, () => {
    const { class_index, rows: drawn } = drawer.next();
    return [class_index, ...drawn];
  });
};

test('the same seed draws the same requests', () => {
  expect(take(workload, 1, 200)).toEqual(take(workload, 1, 200));
  expect(take(workload, 1, 200)).not.toEqual(take(workload, 2, 200));
});

test('classes come in their shares, and draw from the feeds they use alone', () => {
  const drawn = take(workload, 1, 10_000);
  const ofA = drawn.filter(([class_index]) => class_index === 0);
  expect(Math.abs(ofA.length - 7000)).toBeLessThan(200);
  expect(drawn.some(([class_index]) => class_index === 2)).toBe(false);
  expect(ofA.every(([, user, order]) => (user ?? -1) >= 0 && order === -1)).toBe(true);
});

test('a sequential feed goes round', () => {
  const orders = take(workload, 1, 100).flatMap(([class_index, , order]) => (class_index === 1 ? [order] : []));
  expect(orders.slice(0, 5)).toEqual([0, 1, 2, 0, 1]);
});

test('another class does not move the draws of a feed', () => {
  const [mixed = [], alone = []] = [workload, { ...workload, classes: [template('a', 1, '/${users.id}')] }].map((of) =>
    take(of, 1, 300).flatMap(([, user]) => (user === -1 ? [] : [user])),
  );
  expect(mixed.length).toBeGreaterThan(100);
  expect(alone.slice(0, mixed.length)).toEqual(mixed);
});
