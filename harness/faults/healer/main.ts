/** The healer: a process of its own that holds what undoes faults, and undoes them when it is told to or nobody is there to tell. */
import type { Order } from './messages.ts';
import { Ward } from './ward.ts';

// Its parent decides when a run ends; a Ctrl-C that reaches it, too, must not keep it from healing.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

const ward = new Ward((answer) => {
  // Nobody is told when there is nobody.
  if (process.connected) process.send?.(answer, undefined, undefined, () => undefined);
});

const end = (): void => void ward.healAll().finally(() => process.exit(0));
process.on('message', (order) => {
  // Its parent is our own code: what it sends is an Order.
  ward.take(order as Order);
});
process.once('disconnect', end);
process.once('SIGTERM', end);
