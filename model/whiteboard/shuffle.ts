import { createRandom } from '../random/random.ts';

/** Items in an order that the seed decides, and never in the one they came in (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed, 'whiteboard');
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T]; // both are below the length
  }
  const isSame = order.every((item, index) => item === items[index]);
  return isSame && order.length > 1 ? [...order.slice(1), ...order.slice(0, 1)] : order;
}
