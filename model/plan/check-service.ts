import { isMap } from 'yaml';
import type { Node } from '../document/source.ts';
import { valueOf } from './read-amount.ts';
import type { AmountContext } from './read-amount.ts';
import { visitRate } from './visit-rate.ts';
import type { Rated } from './visit-rate.ts';

/** As much as service time and servers may differ from the capacity. */
export const RATE_TOLERANCE = 0.01;

/**
 * Checks a tier's service against its capacity: `work` has to be in the capacity's unit, and what `servers` and `time` make
 * has to be what the capacity says, so that the estimate and a simulation cannot disagree.
 */
export function checkService(context: AmountContext, node: Node, tier: Rated): void {
  const { source, values } = context;
  const { work, time, servers } = tier.behaviour.service;
  const nodeOf = (key: string): Node => (isMap(node) ? (node.get(key, true) as Node) : undefined);
  if (work && !isWork(context, nodeOf('work'), tier)) return;
  const capacity = visitRate(tier, values);
  if (!time || !servers || capacity === null || !(capacity > 0)) return;
  const each_s = values.evaluate(time.expression);
  const made = Math.round(values.evaluate(servers.expression)) / each_s;
  if (Math.abs(made / capacity - 1) <= RATE_TOLERANCE) return;
  const fitting = short(capacity * each_s);
  const message = `\`servers\` and \`time\` make ${short(made)} visits a second, but the capacity is ${short(capacity)}`;
  const help = `the capacity gives ${fitting} servers of that time; leave one of the two out, and it follows`;
  source.report('RANGE', nodeOf('servers'), message, { help });
}

function isWork(context: AmountContext, node: Node, { demand, behaviour }: Rated): boolean {
  const { work } = behaviour.service;
  if (!work) return false;
  const { source } = context;
  if (demand.dimension.get('time') !== -1) {
    const help = 'write `time`, and `servers` for more than one at once';
    source.report('DIMENSION', node, '`work` needs a capacity per time', { help });
    return false;
  }
  const fits = !work.dimension.has('time') && !work.dimension.has('money');
  if (!fits || work.dimension.get('data') !== demand.dimension.get('data')) {
    const help = demand.dimension.has('data') ? 'write bytes, as in `20 KB`' : 'write a number of what it counts';
    source.report('DIMENSION', node, '`work` is not in the unit of the capacity', { help });
    return false;
  }
  const value = valueOf(context, node, work);
  if (value !== undefined && value <= 0) source.report('RANGE', node, '`work` should be above 0');
  return value !== undefined && value > 0;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
