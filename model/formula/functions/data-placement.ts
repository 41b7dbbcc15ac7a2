import { consistentMovedShare } from '../../laws/partitioning/consistent-hash.ts';
import { moduloMovedShare } from '../../laws/partitioning/modulo.ts';
import { behindProbability } from '../../laws/replication/lag.ts';
import { guarded, outOfDomain, plain, takes } from './formula-function.ts';
import type { FormulaFunction } from './formula-function.ts';

const KARGER = 'Karger et al., Consistent Hashing and Random Trees, STOC 1997';

export const DATA_PLACEMENT_FUNCTIONS: readonly FormulaFunction[] = [
  guarded({
    name: 'moved_modulo',
    parameters: ['shards'],
    formula: 'n / (n + 1): the share of keys that move when shard n + 1 is added',
    source: KARGER,
    dimension: takes(['count'], plain),
    refuses: (args) => outOfDomain(['shards'], ['count'], args),
    apply: ([n = 1]) => moduloMovedShare(n, n + 1),
  }),
  guarded({
    name: 'moved_consistent',
    parameters: ['shards'],
    formula: '1 / (n + 1)',
    source: KARGER,
    dimension: takes(['count'], plain),
    refuses: (args) => outOfDomain(['shards'], ['count'], args),
    apply: ([n = 1]) => consistentMovedShare(n, n + 1),
  }),
  guarded({
    name: 'stale_read',
    parameters: ['delay', 'mean_lag'],
    formula: 'P = e^(−delay / lag): a read from a replica, `delay` after the write',
    source: 'Bailis et al., Probabilistically Bounded Staleness, VLDB 5 (2012); lag exponential',
    dimension: takes(['time', 'time'], plain),
    refuses: (args) => outOfDomain(['delay', 'mean_lag'], ['not negative', 'not negative'], args),
    apply: ([delay = 0, mean_s = 0]) => behindProbability({ distribution: 'exponential', mean_s }, delay),
  }),
];
