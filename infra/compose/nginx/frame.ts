import type { Tier } from '../../../model/topology/topology.ts';
import { wholeNumber } from '../../local/settings.ts';

/** Where nginx keeps what it writes; the rest of its file system may be read-only. */
const SCRATCH = '/tmp';
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as const;

/** nginx.conf of a container: what is the same for all of them around the given servers. `user` of the workers, for root. */
export function nginxFrame(tier: Tier, servers: string, user?: string): string {
  return `${user === undefined ? '' : `user ${user};\n`}worker_processes ${wholeNumber(tier, 'workers', 1, 1, 64)};
pid ${SCRATCH}/nginx.pid;
error_log stderr warn;

events {
  worker_connections ${wholeNumber(tier, 'worker_connections', 8_192, 64, 65_535)};
}

http {
  access_log off;
  server_tokens off;
  default_type application/octet-stream;
${TEMPORARY.map((name) => `  ${name}_temp_path ${SCRATCH}/${name};\n`).join('')}  tcp_nodelay on;
  keepalive_timeout 75s;
  keepalive_requests 1000000000;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 10s;
  client_max_body_size 6m;
  client_body_buffer_size 64k;

${servers}}
`;
}

/** A group of servers by its name; each address is a host with a port. */
export function upstream(name: string, addresses: readonly string[], tier: Tier, balance = ''): string {
  const max_fails = wholeNumber(tier, 'max_fails', 3, 0, 1_000);
  const fail_timeout_s = wholeNumber(tier, 'fail_timeout_s', 5, 1, 3_600);
  const servers = addresses.map(
    (address) => `    server ${address} max_fails=${max_fails} fail_timeout=${fail_timeout_s}s;\n`,
  );
  // Shorter than the application's own idle timeout, so that it never closes what nginx is about to use.
  return `  upstream ${name} {
${balance}${servers.join('')}    keepalive ${wholeNumber(tier, 'upstream_keepalive', 512, 1, 65_535)};
    keepalive_requests 1000000000;
    keepalive_timeout 30s;
  }
`;
}

/** How a server passes requests on; a part of a server block. */
export function proxySettings(tier: Tier): string {
  const read_timeout_s = wholeNumber(tier, 'proxy_read_timeout_s', 10, 1, 3_600);
  return `    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_connect_timeout 2s;
    proxy_send_timeout ${read_timeout_s}s;
    proxy_read_timeout ${read_timeout_s}s;
    proxy_next_upstream error timeout;
    proxy_next_upstream_timeout ${read_timeout_s}s;
`;
}
