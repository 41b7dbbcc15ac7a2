import type { Tier } from '../../../model/topology/topology.ts';
import { wholeNumber } from '../settings.ts';
import { gatewayLocations, healthLocations } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import { liveLocation, passTo, upstreamFile } from './upstreams.ts';

/** What nginx is told beside its tier's settings. */
export interface NginxSite {
  readonly folder: string;
  readonly port: number;
  /** Address of that port; absent: 127.0.0.1. What is asked by us alone is always there. */
  readonly listen?: string;
  readonly status_port: number;
  /** The tiers that requests go to; the upstream of each is a file of its own, see `upstreams.ts`. */
  readonly upstreams: readonly string[];
  /** What goes where, when there are several. */
  readonly gateway?: Gateway;
  /** File descriptors that it may have at most. */
  readonly descriptors_max: number;
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as const;

/** Folders below `folder` that nginx writes to; its compiled-in ones belong to the system's own nginx. */
export const NGINX_FOLDERS: readonly string[] = TEMPORARY.map((name) => `${name}_temp`);

/** More than the largest request of the application, an image of 5 MB. */
export const BODY_MAX = '6m';

/** Connections to clients and to upstreams together, one descriptor each, and some for logs and listeners. */
export function connectionsMax(tier: Tier, descriptors_max: number): number {
  return Math.min(wholeNumber(tier, 'worker_connections', 8_192, 64, 65_535), descriptors_max - 64);
}

/**
 * nginx.conf: round robin over the application, or over each of its services, with passive health checks. A request goes to
 * another instance only after an error or a timeout, and only if it is idempotent (nginx's default). Keep-alive on both
 * sides: at thousands of requests a second, a connection each would use up the ephemeral ports. Its own counters answer on
 * another port.
 */
export function nginxConf(tier: Tier, site: NginxSite): string {
  const workers = wholeNumber(tier, 'workers', 1, 1, 64);
  return `daemon off;
worker_processes ${workers};
pid ${quote(`${site.folder}/nginx.pid`)};
error_log stderr warn;

events {
  worker_connections ${connectionsMax(tier, site.descriptors_max)};
}

http {
  access_log off;
  server_tokens off;
  default_type application/octet-stream;
${temporaryPaths(site.folder)}
  tcp_nodelay on;
  keepalive_timeout 75s;
  keepalive_requests 1000000000;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 10s;
  client_max_body_size ${BODY_MAX};
  client_body_buffer_size 64k;

  proxy_http_version 1.1;
  proxy_set_header Connection "";

${site.upstreams.map((upstream) => `  include ${upstreamFile(upstream)};\n`).join('')}
${entryServer(tier, site)}
${statusServer(site.status_port, ownLocations(site))}}
`;
}

function entryServer(tier: Tier, site: NginxSite): string {
  const { port, listen = '127.0.0.1', status_port, upstreams, gateway } = site;
  const read_timeout_s = wholeNumber(tier, 'proxy_read_timeout_s', 10, 1, 3_600);
  return `  server {
    listen ${listen}:${port} backlog=4096;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_connect_timeout 2s;
    proxy_send_timeout ${read_timeout_s}s;
    proxy_read_timeout ${read_timeout_s}s;
    proxy_next_upstream error timeout;
    proxy_next_upstream_timeout ${read_timeout_s}s;
${failures()}    # Counters of single instances are read from the instances themselves.
    location = /metrics { return 404; }
${gateway === undefined ? wholeLocation(upstreams) : gatewayLocations(gateway, status_port)}  }
`;
}

/** What nginx refuses by itself, or has no instance for, in the shape of the application's own failures. */
const FAILURES = [
  { status: 400, code: 'MALFORMED_REQUEST', message: 'the request cannot be read' },
  { status: 404, code: 'NOT_FOUND', message: 'no such route' },
  { status: 413, code: 'BODY_TOO_LARGE', message: 'the body is too large' },
  { status: 502, code: 'UNAVAILABLE', message: 'no instance answers' },
  { status: 504, code: 'UNAVAILABLE', message: 'no instance answers in time' },
] as const;

function failures(): string {
  const locations = FAILURES.map(({ status, code, message }) => {
    const body = JSON.stringify({ error: { code, message } });
    const retry = status < 500 ? '' : ' add_header Retry-After 1 always;';
    return `    location @failure-${status} { default_type application/json;${retry} return ${status} '${body}'; }\n`;
  });
  const pages = FAILURES.map(({ status }) => `    error_page ${status} @failure-${status};\n`);
  return pages.join('') + locations.join('');
}

/** All goes to the one tier that there is. */
function wholeLocation(upstreams: readonly string[]): string {
  return upstreams.map((upstream) => `    location / { ${passTo(upstream)} }\n`).join('');
}

/** What is asked by us and not by clients, beside its own counters: which colours live, and how services are. */
function ownLocations({ status_port, upstreams, gateway }: NginxSite): string {
  const live = upstreams.map((upstream) => `    ${liveLocation(upstream)}\n`);
  return live.join('') + (gateway === undefined ? '' : healthLocations(gateway, status_port));
}

/** A server of nginx's own counters, and of further locations, apart from what it serves. */
export function statusServer(port: number, locations = ''): string {
  return `  server {
    listen 127.0.0.1:${port};
    location = /status { stub_status; }
${locations}    location / { return 404; }
  }
`;
}

/** Where nginx puts what does not fit into memory: `NGINX_FOLDERS` below its folder. */
export function temporaryPaths(folder: string): string {
  return TEMPORARY.map((name) => `  ${name}_temp_path ${quote(`${folder}/${name}_temp`)};\n`).join('');
}

/** A path as nginx.conf has it. */
export function quote(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`;
}
