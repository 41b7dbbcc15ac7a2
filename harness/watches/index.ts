import type { Watch } from '../instruments.ts';
import { failover } from './failover.ts';

/** All watches by name. */
export const WATCHES: ReadonlyMap<string, Watch> = new Map<string, Watch>([failover].map((each) => [each.name, each]));
