import type { Arrivals } from '../../model/workload/arrivals.ts';
import type { Part } from '../child/messages.ts';

/**
 * Of all arrivals those of one generator among several. `pass` is called for each of the others, in between, so that draws can be made
 * for them as well: then every request is drawn as a single generator would have.
 */
export function ownArrivals(all: Arrivals, { index, of }: Part, pass: () => void): Arrivals {
  if (of === 1) return all;
  let others = index;
  return {
    advance() {
      for (; others > 0; others--) {
        if (!all.advance()) return false;
        pass();
      }
      others = of - 1;
      return all.advance();
    },
    get at_us() {
      return all.at_us;
    },
    get phase() {
      return all.phase;
    },
  };
}
