import type { Watch } from '../instruments.ts';

/** All watches by name. */
export const WATCHES: ReadonlyMap<string, Watch> = new Map<string, Watch>(
  ([] satisfies Watch[]).map((each: Watch) => [each.name, each]),
);
