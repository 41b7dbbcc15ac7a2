import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { wholeNumber, yesOrNo } from '../../local/settings.ts';
import { connectionsOf, postgresConf } from '../../local/tiers/postgres-conf.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { asks, PORTS, server } from '../container.ts';
import { loginOf } from '../databases.ts';
import type { Login } from '../databases.ts';
import { IMAGES } from '../images.ts';
import { reference, SECRETS } from '../variables.ts';

/** Connections, sorting and what the kernel keeps of files take memory beside the shared buffers. */
const BESIDE_BUFFERS_MB = 512;
const EACH_CONNECTION_MB = 12;

/** A database server without replicas. */
export function singlePostgres(head: Tier, id: string, topology: Topology): Part {
  const service: ComposeService = {
    image: IMAGES.postgres,
    ...server({ tier: head, role: 'postgres', memory_mb: postgresMemoryMb(head, [head], topology) }),
    // The image makes the database over a socket, which the local backend does without.
    command: [
      'postgres',
      '-c',
      'config_file=/etc/postgresql/postgresql.conf',
      '-c',
      'unix_socket_directories=/var/run/postgresql',
    ],
    environment: {
      POSTGRES_PASSWORD: reference(SECRETS.database_admin),
      POSTGRES_INITDB_ARGS: '--auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8',
      APPLICATION_PASSWORD: reference(loginOf(head, topology).password),
    },
    volumes: [
      `./${confFile(head)}:/etc/postgresql/postgresql.conf:ro`,
      `./${scriptFile(head)}:/docker-entrypoint-initdb.d/create-application.sh:ro`,
      `${id}-data:/var/lib/postgresql/data`,
    ],
    networks: ['back'],
    healthcheck: asks('pg_isready', '-h', '127.0.0.1', '-U', 'postgres', '-d', loginOf(head, topology).name),
  };
  return {
    services: { [id]: service },
    files: {
      [confFile(head)]: postgresConf(head, topology, PORTS.postgres, '*'),
      ...applicationScript(head, topology),
    },
    volumes: [`${id}-data`],
  };
}

/** What a server may use where its tier does not say. */
export function postgresMemoryMb(head: Tier, callers: readonly Tier[], topology: Topology): number {
  const shared_buffers_mb = wholeNumber(head, 'shared_buffers_mb', 256, 16, 65_536);
  return shared_buffers_mb * 2 + connectionsOf(callers, topology) * EACH_CONNECTION_MB + BESIDE_BUFFERS_MB;
}

/** Makes the application's role and database in a new server; by the image, or by Patroni with a way to sign in. */
export function applicationScript(head: Tier, topology: Topology): Readonly<Record<string, string>> {
  return { [scriptFile(head)]: script(loginOf(head, topology), yesOrNo(head, 'stat_statements', false)) };
}

export function scriptFile({ id }: Tier): string {
  return `config/${id}/create-application.sh`;
}

function script({ name }: Login, statements: boolean): string {
  const extension = statements ? `\\connect ${name}\ncreate extension if not exists pg_stat_statements;\n` : '';
  return `#!/bin/sh
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APPLICATION_PASSWORD" "\${1:-user=postgres dbname=postgres}" <<'SQL'
create role ${name} login password :'password';
create database ${name} owner ${name};
${extension}SQL
`;
}

function confFile({ id }: Tier): string {
  return `config/${id}/postgresql.conf`;
}
