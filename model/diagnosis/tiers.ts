import type { TierKind } from '../topology/topology.ts';
import type { Case } from './evidence.ts';

/** What tiers are called that counters are named after, where no setting tells kinds. */
const BY_NAME: Readonly<Record<string, TierKind>> = {
  cache: 'redis',
  database: 'postgres',
  replicas: 'postgres',
  broker: 'rabbitmq',
  cdn: 'cdn',
  app: 'express',
  'load-balancer': 'nginx',
};

/** The kind of a tier; undefined where nothing tells. */
export function kindOf({ setting }: Case, tier: string): TierKind | undefined {
  return setting ? setting.tiers.find(({ id }) => id === tier)?.kind : BY_NAME[tier];
}

/** Ids of all tiers of a kind, those that requests visit. A queue in Redis is no cache: workers are its callers. */
export function tiersOf(of: Case, kind: TierKind): string[] {
  const { setting, observation } = of;
  const ids = setting ? setting.tiers.map(({ id }) => id) : observation.tiers.map(({ tier }) => tier);
  return ids.filter((id) => kindOf(of, id) === kind && (kind !== 'redis' || !isQueue(of, id)));
}

function isQueue(of: Case, id: string): boolean {
  return (of.setting?.edges ?? []).some(({ from, to }) => from === id && kindOf(of, to) === 'worker');
}
