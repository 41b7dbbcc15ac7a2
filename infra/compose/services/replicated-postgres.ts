import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { replicasOf } from '../../local/tiers/replication/replication-plan.ts';
import type { ReplicationPlan } from '../../local/tiers/replication/replication-plan.ts';
import { connectionsOf, postgresParameters } from '../../local/tiers/postgres-conf.ts';
import { dynamicConf, loopWaitOf, patroniConf } from '../../local/tiers/replication/patroni-conf.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { after, asks, PORTS, server } from '../container.ts';
import { loginOf } from '../databases.ts';
import type { Database } from '../databases.ts';
import { BUILDS, IMAGES } from '../images.ts';
import { reference, SECRETS } from '../variables.ts';
import { etcd } from './etcd.ts';
import { haproxy } from './haproxy.ts';
import { applicationScript, postgresMemoryMb, scriptFile } from './postgres.ts';

const READY = `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${PORTS.patroni}/readiness', timeout=3)`;

/** A database with its replicas: its nodes under Patroni, etcd, and HAProxy, which leads to the primary of the moment. */
export function replicatedPostgres(head: Tier, database: Database, plan: ReplicationPlan, topology: Topology): Part {
  const [first = '', ...others] = database.nodes;
  const services = [
    [first, node(head, first, [], database, topology)] as const,
    // They copy the first one, or, if it was not the primary at last, wait with it for whoever was.
    ...others.map((id) => [id, node(head, id, [first], database, topology)] as const),
  ];
  const proxy = haproxy(head, database, plan);
  const store = etcd(head, plan);
  return {
    services: { ...store.services, ...Object.fromEntries(services), ...proxy.services },
    files: {
      ...proxy.files,
      ...applicationScript(head, topology),
      ...Object.fromEntries(database.nodes.map((id) => [confFile(id), conf(head, id, database, plan, topology)])),
    },
    volumes: [...(store.volumes ?? []), ...database.nodes.map((id) => `${id}-data`)],
  };
}

function node(
  head: Tier,
  id: string,
  before: readonly string[],
  { replicated }: Database,
  topology: Topology,
): ComposeService {
  const tier = topology.tiers.find((other) => id.startsWith(`${other.id}-`) && other.kind === 'postgres') ?? head;
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
    depends_on: after([...(replicated?.etcd ?? []), ...before], 'service_healthy'),
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
function conf(head: Tier, id: string, database: Database, plan: ReplicationPlan, topology: Topology): string {
  const parameters = postgresParameters(head, connectionsOf(databaseTiers(head, topology), topology));
  const etcd_hosts = database.replicated?.etcd ?? [];
  return patroniConf({
    scope: database.scope,
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
