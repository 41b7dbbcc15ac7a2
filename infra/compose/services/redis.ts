import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { isQueue } from '../../local/dependencies.ts';
import { wholeNumber } from '../../local/settings.ts';
import { redisConf } from '../../local/tiers/redis-conf.ts';
import { isCluster, planNodes } from '../../local/tiers/redis-nodes.ts';
import { after, asksByShell, PORTS, server, task } from '../container.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { IMAGES } from '../images.ts';
import { instancesOf } from '../relations.ts';
import { reference, SECRETS } from '../variables.ts';

/** The password comes from the environment, so the file that Redis reads is made when it starts. */
const START = `umask 077 && { cat /etc/redis/redis.conf; echo "requirepass $$REDISCLI_AUTH"; echo "masterauth $$REDISCLI_AUTH"; } > /tmp/redis.conf && exec redis-server /tmp/redis.conf`;
const ENVIRONMENT = { REDISCLI_AUTH: reference(SECRETS.redis) };
/** Of an idle Redis, beside what it holds. */
const OVERHEAD_MB = 64;

/** Service that makes a cluster of a tier's nodes, and ends. */
export function clusterTask({ id }: Tier): string {
  return `${id}-cluster`;
}

/** One Redis, or the nodes of a cluster with the task that forms it; a queue keeps its jobs on disk. */
export function redis(tier: Tier, topology: Topology): Part {
  const queue = isQueue(tier, topology);
  const nodes = instancesOf(tier).map((id) => [id, node(tier, id, queue)] as const);
  const files = instancesOf(tier).map((id) => [confFile(id), conf(tier, id, queue)] as const);
  return {
    services: { ...Object.fromEntries(nodes), ...(isCluster(tier) && { [clusterTask(tier)]: former(tier) }) },
    files: {
      ...Object.fromEntries(files),
      ...(isCluster(tier) && { [scriptFile(tier)]: formScript(tier) }),
    },
    volumes: queue ? instancesOf(tier).map((id) => `${id}-data`) : [],
  };
}

function node(tier: Tier, id: string, queue: boolean): ComposeService {
  const maxmemory_mb = wholeNumber(tier, 'maxmemory_mb', 512, 1, 1_048_576);
  return {
    image: IMAGES.redis,
    ...server({ tier, role: 'redis', memory_mb: maxmemory_mb * 1.5 + OVERHEAD_MB }),
    user: 'redis',
    hostname: id,
    command: ['sh', '-c', START],
    environment: ENVIRONMENT,
    tmpfs: ['/tmp:mode=1777'],
    volumes: [`./${confFile(id)}:/etc/redis/redis.conf:ro`, ...(queue ? [`${id}-data:/data`] : [])],
    networks: ['back'],
    healthcheck: asksByShell('redis-cli ping | grep -q PONG'),
  };
}

function conf(tier: Tier, host: string, queue: boolean): string {
  return redisConf(tier, { port: PORTS.redis, folder: '/data', listen: '0.0.0.0', host, queue });
}

function former(tier: Tier): ComposeService {
  return {
    image: IMAGES.redis,
    ...task({ tier, role: 'cluster', memory_mb: OVERHEAD_MB }),
    user: 'redis',
    command: ['sh', '/etc/redis/form-cluster.sh'],
    environment: ENVIRONMENT,
    depends_on: after(instancesOf(tier), 'service_healthy'),
    volumes: [`./${scriptFile(tier)}:/etc/redis/form-cluster.sh:ro`],
    networks: ['back'],
  };
}

/**
 * Nodes meet by address, not by name. What is a cluster already is left alone. Nodes agree some seconds after the command has
 * ended, and whoever depends on this task waits for that.
 */
function formScript(tier: Tier): string {
  const masters = planNodes(tier).filter(({ role }) => role === 'master').length;
  const replicas_each = tier.instances / masters - 1;
  const nodes = instancesOf(tier);
  return `#!/bin/sh
set -eu
well() { redis-cli -h "$1" cluster info | grep -q '^cluster_state:ok'; }
if ! well ${nodes[0]}; then
  addresses=''
  for node in ${nodes.join(' ')}; do
    addresses="$addresses $(getent hosts "$node" | cut -d ' ' -f 1):${PORTS.redis}"
  done
  # shellcheck disable=SC2086 # one word each
  redis-cli --cluster create $addresses --cluster-replicas ${replicas_each} --cluster-yes
fi
for node in ${nodes.join(' ')}; do
  until well "$node"; do sleep 0.2; done
done
`;
}

function confFile(id: string): string {
  return `config/${id}/redis.conf`;
}

function scriptFile({ id }: Tier): string {
  return `config/${id}/form-cluster.sh`;
}
