import type { Tier } from '../../../model/topology/topology.ts';
import { wholeNumber } from '../../local/settings.ts';
import { assertBrokerNodes, BROKER_USER } from '../../local/tiers/rabbitmq-conf.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { after, asks, PORTS, server } from '../container.ts';
import { IMAGES } from '../images.ts';
import { instancesOf } from '../relations.ts';
import { reference, SECRETS } from '../variables.ts';

const MEMORY_MB = 1_024;
/** Erlang's nodes know each other by a secret in this file, and want it to be nobody else's to read. */
const START = `umask 077 && printf %s "$$ERLANG_COOKIE" > /var/lib/rabbitmq/.erlang.cookie && exec docker-entrypoint.sh rabbitmq-server`;

/** One broker, or three as a cluster. */
export function rabbitmq(tier: Tier): Part {
  assertBrokerNodes(tier);
  const nodes = instancesOf(tier);
  const services = nodes.map((id, index) => [id, node(tier, id, nodes.slice(0, index))] as const);
  return {
    services: Object.fromEntries(services),
    files: { [confFile(tier)]: conf(tier) },
    volumes: nodes.map((id) => `${id}-data`),
  };
}

/** A node without data joins the first one, so they start one after the other. */
function node(tier: Tier, id: string, before: readonly string[]): ComposeService {
  return {
    image: IMAGES.rabbitmq,
    ...server({ tier, role: 'rabbitmq', memory_mb: MEMORY_MB }),
    hostname: id,
    command: ['sh', '-c', START],
    environment: {
      RABBITMQ_NODENAME: `rabbit@${id}`,
      RABBITMQ_DEFAULT_USER: BROKER_USER,
      RABBITMQ_DEFAULT_PASS: reference(SECRETS.rabbitmq),
      ERLANG_COOKIE: reference(SECRETS.erlang_cookie),
    },
    ...(before.length > 0 && { depends_on: after(before, 'service_healthy') }),
    volumes: [`./${confFile(tier)}:/etc/rabbitmq/conf.d/90-shop.conf:ro`, `${id}-data:/var/lib/rabbitmq`],
    networks: ['back'],
    healthcheck: asks('rabbitmq-diagnostics', '-q', 'check_port_connectivity'),
  };
}

function conf(tier: Tier): string {
  const memory_mb = wholeNumber(tier, 'memory_mb', MEMORY_MB, 32, 1_048_576);
  const nodes = instancesOf(tier).map(
    (id, index) => `cluster_formation.classic_config.nodes.${index + 1} = rabbit@${id}\n`,
  );
  const cluster = `cluster_partition_handling = pause_minority
cluster_formation.peer_discovery_backend = classic_config
${nodes.join('')}`;
  // Publishers are held back before the container's own limit ends the broker.
  return `listeners.tcp.default = ${PORTS.rabbitmq}
loopback_users = none
log.console = true
log.console.level = warning
vm_memory_high_watermark.absolute = ${Math.floor(memory_mb * 0.6)}MB
${tier.instances > 1 ? cluster : ''}`;
}

function confFile({ id }: Tier): string {
  return `config/${id}/rabbitmq.conf`;
}
