import { autocannon } from './autocannon/autocannon.ts';
import type { Engine } from './engine.ts';
import { k6 } from './k6/k6.ts';
import { openLoop } from './open-loop/open-loop.ts';

/** All engines by name. */
export const ENGINES: ReadonlyMap<string, Engine> = new Map(
  [openLoop, autocannon, k6].map((engine) => [engine.name, engine]),
);
