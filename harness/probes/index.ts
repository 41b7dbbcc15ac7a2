import type { Probe } from '../instruments.ts';
import { broker } from './broker.ts';
import { cdn } from './cdn.ts';
import { deployment } from './deployment.ts';
import { effectsDelay } from './effects-delay.ts';
import { oversell } from './oversell.ts';
import { rateLimits } from './rate-limits.ts';
import { stampede } from './stampede.ts';
import { thirdPartyLimits } from './third-party-limits.ts';

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>(
  [broker, cdn, deployment, effectsDelay, oversell, rateLimits, stampede, thirdPartyLimits].map((each: Probe) => [
    each.name,
    each,
  ]),
);
