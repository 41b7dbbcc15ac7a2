import type { PicturedTier } from './step-picture.ts';

/** What breaks at the peak, breaks; what still stands there, and is the first to break as load grows, is next. */
const BREAKS = { now: 'breaks', next: 'next to break' } as const;

/** What there is to say of a tier behind its use: `breaks`, `next to break`, `new`, `was 3 × postgres`. */
export function tierRemarks({ breaks, news }: Pick<PicturedTier, 'breaks' | 'news'>): string[] {
  return [...(breaks ? [BREAKS[breaks]] : []), ...(news === '' ? [] : [news])];
}
