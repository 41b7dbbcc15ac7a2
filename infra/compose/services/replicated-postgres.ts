import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { etcdId, replicasOf } from '../../local/tiers/replication/replication-plan.ts';
import type { ReplicaNode, ReplicatedShard, ReplicationPlan } from '../../local/tiers/replication/replication-plan.ts';
import { connectionsOf, postgresParameters } from '../../local/tiers/postgres-conf.ts';
import { dynamicConf, loopWaitOf, patroniConf } from '../../local/tiers/replication/patroni-conf.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { after, asks, PORTS, server } from '../container.ts';
import { loginOf } from '../databases.ts';
import { BUILDS, IMAGES } from '../images.ts';
import { reference, SECRETS } from '../variables.ts';
import { etcd } from './etcd.ts';
import { haproxy } from './haproxy.ts';
import { applicationScript, postgresMemoryMb, scriptFile } from './postgres.ts';

const READY = `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${PORTS.patroni}/readiness', timeout=3)`;

/** A database with its replicas: its nodes under Patroni, etcd, and HAProxy, which leads to the primary of the moment. */
export function replicatedPostgres(head: Tier, plan: ReplicationPlan, topology: Topology): Part {
  const etcd_hosts = Array.from({ length: plan.etcd }, (_, index) => etcdId(head.id, index + 1));
  const nodes = plan.shards.flatMap((shard) => nodesOf(shard, etcd_hosts, plan, topology));
  const proxy = haproxy(head, plan);
  const store = etcd(head, etcd_hosts);
  return {
    services: {
      ...store.services,
      ...Object.fromEntries(nodes.map(({ id, service }) => [id, service])),
      ...proxy.services,
    },
    files: {
      ...proxy.files,
      ...applicationScript(head, topology),
      ...Object.fromEntries(nodes.map(({ id, text }) => [confFile(id), text])),
    },
    volumes: [...(store.volumes ?? []), ...nodes.map(({ id }) => `${id}-data`)],
  };
}

interface Node {
  readonly id: string;
  readonly service: ComposeService;
  readonly text: string;
}

/** The others copy the first one, or, if it was not the primary at last, wait with it for whoever was. */
function nodesOf(
  { nodes, scope }: ReplicatedShard,
  etcd_hosts: readonly string[],
  plan: ReplicationPlan,
  topology: Topology,
): Node[] {
  return nodes.map((node, index): Node => {
    const before = nodes.slice(0, Math.min(index, 1)).map(({ id }) => id);
    const service = serviceOf(node, [...etcd_hosts, ...before], plan, topology);
    return { id: node.id, service, text: conf(node.id, scope, etcd_hosts, plan, topology) };
  });
}

function serviceOf(
  { id, tier: tier_id }: ReplicaNode,
  before: readonly string[],
  { head }: ReplicationPlan,
  topology: Topology,
): ComposeService {
  const tier = topology.tiers.find((other) => other.id === tier_id) ?? head;
  return {
    image: IMAGES.patroni,
    build: BUILDS.patroni,
    ...server({ tier, role: 'postgres', memory_mb: postgresMemoryMb(head, databaseTiers(head, topology), topology) }),
    hostname: id,
    environment: {
      PATRONI_SUPERUSER_PASSWORD: reference(SECRETS.database_admin),
      PATRONI_REPLICATION_PASSWORD: reference(SECRETS.replication),
      APPLICATION_PASSWORD: reference(loginOf(head, topology).password),
    },
    depends_on: after(before, 'service_healthy'),
    volumes: [
      `./${confFile(id)}:/etc/patroni/patroni.json:ro`,
      `./${scriptFile(head)}:/etc/patroni/create-application.sh:ro`,
      `${id}-data:/var/lib/postgresql/data`,
    ],
    networks: ['back'],
    healthcheck: asks('python3', '-c', READY),
  };
}

/** Passwords come from the environment, which goes before the file. */
function conf(
  id: string,
  scope: string,
  etcd_hosts: readonly string[],
  plan: ReplicationPlan,
  topology: Topology,
): string {
  const { head } = plan;
  const parameters = postgresParameters(head, connectionsOf(databaseTiers(head, topology), topology));
  return patroniConf({
    scope,
    id,
    folder: '/tmp',
    data: '/var/lib/postgresql/data/cluster',
    bin: '/usr/lib/postgresql/15/bin',
    port: PORTS.postgres,
    rest_port: PORTS.patroni,
    etcd_ports: etcd_hosts.map(() => PORTS.etcd),
    admin_password: '',
    replication_password: '',
    place: { listen: '0.0.0.0', host: id, clients: 'samenet', etcd_hosts },
    bootstrap: {
      dcs: dynamicConf(plan, parameters, loopWaitOf(plan.profile)),
      post_bootstrap: 'sh /etc/patroni/create-application.sh',
    },
  });
}

function databaseTiers(head: Tier, topology: Topology): Tier[] {
  return [head, ...replicasOf(head, topology)];
}

function confFile(id: string): string {
  return `config/${id}/patroni.json`;
}
