import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { dependenciesOf } from '../dependencies.ts';
import { askHttp } from '../probes.ts';
import { wholeNumber } from '../settings.ts';
import { applicationEnvironment, queueOf, startProgram } from './application.ts';
import { poolMax } from './postgres-conf.ts';
import type { TierDriver } from './tier-driver.ts';

const WORKERS = ['email', 'stock', 'notification', 'payment', 'shipping', 'accounting'];
const CONCURRENCY = 20;

/** The application's workers, which take events from the queue. What a tier's do is told by its id: `email-workers`. */
export const worker: TierDriver = {
  programs: () => [],
  program: 'worker',

  validate(tier, topology) {
    workOf(tier);
    concurrency(tier);
    poolMax(tier);
    assertQueue(tier, topology);
  },

  async start(tier, site) {
    const program = {
      role: 'worker',
      options: [],
      env: {
        ...applicationEnvironment(tier, site),
        WORKER: workOf(tier),
        WORKER_CONCURRENCY: String(concurrency(tier)),
        DB_POOL_MAX: String(poolMax(tier)),
      },
    };
    await startProgram(tier, 'worker', program, site);
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

/** Events that one worker has in hand at a time. */
export function concurrency(tier: Tier): number {
  return wholeNumber(tier, 'concurrency', CONCURRENCY, 1, 1_000);
}

/** What a tier's workers do. Throws a `StackError` when its id does not say so. */
export function workOf({ id }: Tier): string {
  const work = id.replace(/-workers?$/, '');
  if (WORKERS.includes(work)) return work;
  throw new StackError(
    `tier \`${id}\` does not say what its workers do`,
    `name it after one of ${WORKERS.join(', ')}, for example \`email-workers\``,
  );
}

function assertQueue(tier: Tier, topology: Topology): void {
  const queue = queueOf(tier, topology) ?? 'rabbitmq';
  const kind = queue === 'bullmq' ? 'redis' : 'rabbitmq';
  if (queue !== 'none' && dependenciesOf(tier, topology).some((found) => found.kind === kind)) return;
  throw new StackError(
    `tier \`${tier.id}\` has no queue to take events from`,
    'give the topology a tier of rabbitmq, or one of redis and the setting `queue: bullmq`',
  );
}
