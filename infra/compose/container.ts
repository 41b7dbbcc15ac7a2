import type { Tier } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { wholeNumber } from '../local/settings.ts';
import type { ComposeService, Condition, Healthcheck, Limits } from './compose-file.ts';

/** Ports within containers; each has a network address of its own, so that all of a kind share them. */
export const PORTS = {
  nginx: 8080,
  nginx_status: 8081,
  application: 3000,
  postgres: 5432,
  patroni: 8008,
  /** Writes and reads of the first shard, then of the second one, and so on. */
  proxy: 5432,
  proxy_status: 8404,
  etcd: 2379,
  etcd_peer: 2380,
  redis: 6379,
  rabbitmq: 5672,
} as const;

/** `front`: who takes requests, and the application. `back`: the application and its data, without a way out. */
export const NETWORKS = { front: null, back: { internal: true } } as const;

/** Open files, for as many connections as any tier may ask for. */
export const DESCRIPTORS_MAX = 65_600;

const HEALTHY_EVERY = { interval: '5s', timeout: '5s', retries: 6, start_period: '90s' } as const;

/** A check that answers in the protocol of what it asks, without a shell. */
export function asks(...command: readonly string[]): Healthcheck {
  return { test: ['CMD', ...command], ...HEALTHY_EVERY };
}

/** The same with a shell. */
export function asksByShell(command: string): Healthcheck {
  return { test: ['CMD-SHELL', command], ...HEALTHY_EVERY };
}

/** What a container of a tier has in common with all others. */
export interface Container {
  readonly tier: Tier;
  readonly role: string;
  /** What it may use where the tier does not set `memory_mb`. */
  readonly memory_mb: number;
}

/** A server, which is started again when it ends. */
export function server({ tier, role, memory_mb }: Container) {
  return {
    init: true,
    restart: 'unless-stopped',
    security_opt: ['no-new-privileges:true'],
    stop_grace_period: '15s',
    ulimits: { nofile: DESCRIPTORS_MAX },
    deploy: { resources: { limits: limits(tier, memory_mb) } },
    labels: { 'shop-plan.tier': tier.id, 'shop-plan.role': role },
  } as const satisfies Partial<ComposeService>;
}

/** A task, which runs once and ends; somebody has to wait for it, or `up --wait` takes its end for a failure. */
export function task(container: Container) {
  return { ...server(container), restart: 'no' } as const satisfies Partial<ComposeService>;
}

/** For what never writes but to a folder for temporary files, and needs no right of root. */
export const CONFINED = { read_only: true, tmpfs: ['/tmp:mode=1777'], cap_drop: ['ALL'] } as const;

/** Conditions on which a service starts. */
export function after(
  services: readonly string[],
  condition: Condition,
): Record<string, { readonly condition: Condition }> {
  return Object.fromEntries(services.map((service) => [service, { condition }]));
}

function limits(tier: Tier, memory_mb: number): Limits {
  const memory = `${wholeNumber(tier, 'memory_mb', Math.ceil(memory_mb), 32, 1_048_576)}M`;
  const cpus = tier.settings['cpus'];
  if (cpus === undefined) return { memory };
  if (typeof cpus === 'number' && cpus >= 0.1 && cpus <= 256) return { memory, cpus: String(cpus) };
  throw new StackError(
    `setting \`cpus\` of tier \`${tier.id}\` is ${JSON.stringify(cpus)}`,
    'it has to be a number from 0.1 to 256',
  );
}
