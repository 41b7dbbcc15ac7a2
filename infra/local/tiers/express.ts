import type { Tier } from '../../../model/topology/topology.ts';
import { askHttp } from '../probes.ts';
import { serviceOf } from '../services.ts';
import { oneOf, wholeNumber, yesOrNo } from '../settings.ts';
import { applicationEnvironment, bcryptCost, queueOf, startProgram } from './application.ts';
import { poolMax } from './postgres-conf.ts';
import type { TierDriver } from './tier-driver.ts';

const READ_YOUR_WRITES = ['none', 'primary-for-author', 'primary-within-window', 'cache-after-write'] as const;
const STAMPEDE = ['none', 'lock', 'xfetch', 'stale-while-revalidate'] as const;

/** The application: as many processes of it as the tier has instances. */
export const express: TierDriver = {
  programs: () => [],
  program: 'app',

  validate(tier, topology) {
    poolMax(tier);
    bcryptCost(tier);
    semiSpaceMb(tier);
    policies(tier);
    queueOf(tier, topology);
  },

  async start(tier, site) {
    const program = {
      role: serviceOf(tier, site.application.services) ?? 'app',
      options: [`--max-semi-space-size=${semiSpaceMb(tier)}`],
      env: { ...applicationEnvironment(tier, site), ...policies(tier), DB_POOL_MAX: String(poolMax(tier)) },
    };
    await startProgram(tier, 'app', program, site);
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

/**
 * Size of the young generation's halves. Node's own 16 MB fill in a few milliseconds under load, so that answers in the making
 * are copied as survivors; with 64 MB the whole stack was measured to carry about 5 % more (docs/benchmarks.md).
 */
export function semiSpaceMb(tier: Tier): number {
  return wholeNumber(tier, 'semi_space_mb', 64, 1, 512);
}

/** What the application decides by itself, unless the tier says how; but it limits nobody unless the tier says so. */
export function policies(tier: Tier): Record<string, string> {
  const { settings } = tier;
  const given = (key: string, value: () => string | number): Record<string, string> =>
    settings[key] === undefined ? {} : { [key.toUpperCase()]: String(value()) };
  return {
    // Under load all requests come from one address.
    RATE_LIMITS: yesOrNo(tier, 'rate_limits', false) ? 'on' : 'off',
    ...given('read_your_writes', () => oneOf(tier, 'read_your_writes', 'none', READ_YOUR_WRITES)),
    ...given('read_your_writes_window_ms', () => wholeNumber(tier, 'read_your_writes_window_ms', 5_000, 100, 600_000)),
    ...given('stampede', () => oneOf(tier, 'stampede', 'lock', STAMPEDE)),
  };
}
