import type { Tier } from '../../../model/topology/topology.ts';
import { askHttp } from '../probes.ts';
import { serviceOf } from '../services.ts';
import { oneOf, wholeNumber, yesOrNo } from '../settings.ts';
import { applicationEnvironment, bcryptCost, caches, queueOf, startProgram } from './application.ts';
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
    caches(tier);
    memoryOf(tier);
    policies(tier);
    queueOf(tier, topology);
  },

  async start(tier, site) {
    const program = {
      role: serviceOf(tier, site.application.services) ?? 'app',
      options: nodeOptions(tier),
      env: {
        ...ALLOCATOR,
        ...applicationEnvironment(tier, site),
        ...policies(tier),
        DB_POOL_MAX: String(poolMax(tier)),
      },
    };
    await startProgram(tier, 'app', program, site);
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

/** Memory that an instance may take, in MB, see `nodeOptions`. */
export function memoryOf(tier: Tier): { readonly semi_space_mb: number; readonly heap_mb: number } {
  return {
    semi_space_mb: wholeNumber(tier, 'semi_space_mb', 16, 1, 512),
    heap_mb: wholeNumber(tier, 'heap_mb', 192, 64, 16_384),
  };
}

/**
 * Node's options for an instance: the size of the young generation's halves, and the most that the old one may grow to. With
 * these an instance stays below 200 MB under load; halves of 64 MB answer about a sixth more cached reads a second, with
 * twice the memory (docs/benchmarks.md).
 */
export function nodeOptions(tier: Tier): readonly string[] {
  const { semi_space_mb, heap_mb } = memoryOf(tier);
  return [`--max-semi-space-size=${semi_space_mb}`, `--max-old-space-size=${heap_mb}`];
}

/** The C library's allocator otherwise keeps an arena a thread, and what was freed in each. */
export const ALLOCATOR = { MALLOC_ARENA_MAX: '1' } as const;

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
