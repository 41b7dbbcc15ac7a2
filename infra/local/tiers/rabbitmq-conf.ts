import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { processId } from '../port-plan.ts';

/** Whom the application signs in as. */
export const BROKER_USER = 'shop';

/** Throws a `StackError` for numbers of nodes between which there is no majority worth having. */
export function assertBrokerNodes(tier: Tier): void {
  if (tier.instances === 1 || tier.instances === 3) return;
  throw new StackError(
    `tier \`${tier.id}\` asks for ${tier.instances} nodes of rabbitmq`,
    'one runs alone; three are a cluster whose quorum queues survive the loss of one',
  );
}

/** Erlang's name of a node. All are on this machine, and meet in the stack's own port mapper. */
export function nodeName(tier: Tier, instance: number): string {
  return `${processId(tier.id, instance)}@localhost`;
}

/**
 * rabbitmq.conf: clients on 127.0.0.1 only. A node without data joins the first one, which therefore never waits for others.
 * Each node brings its own name for the cluster, and the cluster keeps one of them: so those that agree on it are one cluster.
 */
export function rabbitmqConf(tier: Tier, instance: number, port: number, password: string): string {
  const cluster = `cluster_name = ${processId(tier.id, instance)}
cluster_partition_handling = pause_minority
cluster_formation.peer_discovery_backend = classic_config
cluster_formation.classic_config.nodes.1 = ${nodeName(tier, 1)}
`;
  return `listeners.tcp.1 = 127.0.0.1:${port}
default_user = ${BROKER_USER}
default_pass = ${password}
loopback_users = none
log.console = true
log.console.level = warning
log.file = false
${tier.instances > 1 ? cluster : ''}`;
}

/** Where one node runs. */
export interface BrokerSite {
  readonly node: string;
  readonly folder: string;
  /** Below which its database lies. */
  readonly data: string;
  readonly epmd_port: number;
  readonly peer_port: number;
}

/**
 * What keeps RabbitMQ's script to the stack's own folders and ports, and has it become the Erlang machine instead of waiting
 * for it. Schedulers that wait do so without spinning: the processors are needed by others.
 */
export function brokerEnvironment(at: BrokerSite): Record<string, string> {
  return {
    ERL_EPMD_PORT: String(at.epmd_port),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Where the stack's own port mapper is gone, Erlang would start one that belongs to nobody and stays.
    ERL_FLAGS: '-start_epmd false',
    RABBITMQ_NODENAME: at.node,
    RABBITMQ_DIST_PORT: String(at.peer_port),
    RABBITMQ_MNESIA_BASE: at.data,
    RABBITMQ_LOG_BASE: at.folder,
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: `${at.folder}/rabbitmq.conf`,
    RABBITMQ_ADVANCED_CONFIG_FILE: `${at.folder}/advanced.config`,
    RABBITMQ_CONF_ENV_FILE: `${at.folder}/environment`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${at.folder}/plugins`,
    RABBITMQ_PID_FILE: `${at.folder}/pid`,
    RABBITMQ_ALLOW_INPUT: 'yes',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '-noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
  };
}
