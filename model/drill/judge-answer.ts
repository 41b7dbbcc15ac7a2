import { formatNumber } from '../units/format.ts';

/** How near an answer is to the truth. */
export interface Judgement {
  /** Within half an order of magnitude, a factor of about three: what an estimate is for. */
  readonly right: boolean;
  /** Within 25 %. */
  readonly close: boolean;
  /** log10(given / truth): 1 is ten times too high, -1 ten times too low. */
  readonly orders: number;
  /** The same as a sentence. */
  readonly says: string;
}

const RIGHT_ORDERS = 0.5;
const CLOSE = 0.25;
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/**
 * Judges an estimate by its order of magnitude. Of a share below 100 % what is missing from the whole counts as well, so that 99 % is no
 * answer where 99.99 % is right. Both are above 0, in the same unit.
 */
export function judgeAnswer(given: number, truth: number, { isShare = false } = {}): Judgement {
  const orders = Math.log10(given / truth);
  const missing = isShare && truth < 1 ? Math.log10(Math.max(0, 1 - given) / (1 - truth)) : 0;
  const right = Math.abs(orders) <= RIGHT_ORDERS && Math.abs(missing) <= RIGHT_ORDERS;
  const close = right && Math.abs(given / truth - 1) <= CLOSE;
  return { right, close, orders, says: right ? saysRight(orders, close) : saysWrong(orders, missing) };
}

function saysRight(orders: number, close: boolean): string {
  if (close) return 'Right, and close.';
  return `Right: the same order of magnitude, a little ${orders > 0 ? 'high' : 'low'}.`;
}

function saysWrong(orders: number, missing: number): string {
  if (Math.abs(missing) <= Math.abs(orders)) {
    return `Not yet: too ${orders > 0 ? 'high' : 'low'} by a factor of ${factor(orders)}, ${ordersInWords(orders)}.`;
  }
  if (missing === -Infinity) return 'Not yet: something is missing from the whole.';
  return `Not yet: too ${orders > 0 ? 'high' : 'low'}. What is missing from the whole is off by a factor of ${factor(missing)}.`;
}

function factor(orders: number): string {
  const times = 10 ** Math.abs(orders);
  return times < 1e6 ? formatNumber(Number(times.toPrecision(2)), 2) : 'more than a million';
}

function ordersInWords(orders: number): string {
  const whole = Math.max(1, Math.round(Math.abs(orders)));
  return `about ${WORDS[whole] ?? 'many'} ${whole === 1 ? 'order' : 'orders'} of magnitude`;
}
