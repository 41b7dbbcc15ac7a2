import { classByHand, observationByHand } from '../../../model/judge/observation-by-hand.ts';
import { keepRun } from '../../run-store.ts';

/** Keeps so many runs of the same name in a store, one after the other, and says where. */
const [root = '', count = '0'] = process.argv.slice(2);
const seen = observationByHand([classByHand({ latencies: [[20_000, 10]] })]);
for (let n = 0; n < Number(count); n++) {
  const path = await keepRun(seen, `run ${n} of ${process.pid}`, { root });
  process.stdout.write(`${path}\n`);
}
