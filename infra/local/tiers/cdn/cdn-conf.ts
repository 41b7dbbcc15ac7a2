import type { Tier } from '../../../../model/topology/topology.ts';
import { wholeNumber } from '../../settings.ts';
import { BODY_MAX, connectionsMax, quote, statusServer, temporaryPaths } from '../nginx-conf.ts';
import { BUCKET, HEALTH_KEY } from '../object-store/object-store-access.ts';

/** What an edge is told beside its tier's settings. */
export interface EdgeSite {
  readonly folder: string;
  readonly port: number;
  /** Address of that port; absent: 127.0.0.1. */
  readonly listen?: string;
  readonly status_port: number;
  /** What it delivers: the images of an object store, or a whole site. */
  readonly origin: 'object-store' | 'nginx';
  /** Ports of the origin, or the one of the link that leads there. */
  readonly origin_ports: readonly number[];
  /** Where each of them is; absent: on this machine. */
  readonly origin_hosts?: readonly string[];
  readonly descriptors_max: number;
}

/** Below an edge's folder, made anew at each start: an edge begins cold. */
export const CACHE_FOLDER = 'cache';

/**
 * nginx.conf of an edge. What the origin says in `Cache-Control` decides what is kept and for how long; `X-Cache` tells of each
 * answer whether it was. An answer that has just become too old is still given while one request renews it: nobody waits (with
 * `proxy_cache_lock` others would look again every 500 ms only). What a login sees is neither kept nor given to others.
 */
export function edgeConf(tier: Tier, site: EdgeSite): string {
  const host = (index: number): string => site.origin_hosts?.[index] ?? '127.0.0.1';
  return `daemon off;
worker_processes ${wholeNumber(tier, 'workers', 1, 1, 64)};
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
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75s;
  keepalive_requests 1000000000;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 10s;
  client_max_body_size ${BODY_MAX};

${cache(tier, site.folder)}
  upstream origin {
${site.origin_ports.map((port, index) => `    server ${host(index)}:${port} max_fails=0;\n`).join('')}    keepalive 256;
    keepalive_requests 1000000000;
    keepalive_timeout 30s;
  }

  server {
    listen ${site.listen ?? '127.0.0.1'}:${site.port} backlog=4096;
${site.origin === 'nginx' ? WHOLE_SITE : IMAGES}  }

${statusServer(site.status_port)}}
`;
}

/** How much an edge keeps. */
export function cacheMb(tier: Tier): number {
  return wholeNumber(tier, 'cache_mb', 1_024, 1, 1_000_000);
}

function cache(tier: Tier, folder: string): string {
  return `  proxy_cache_path ${quote(`${folder}/${CACHE_FOLDER}`)} levels=1:2 keys_zone=edge:16m max_size=${cacheMb(tier)}m inactive=24h use_temp_path=off;
  proxy_cache edge;
  proxy_cache_use_stale updating error timeout;
  proxy_cache_background_update on;
  proxy_http_version 1.1;
  proxy_connect_timeout 2s;
  proxy_send_timeout 10s;
  proxy_read_timeout 10s;
`;
}

/** Reads of the bucket, whose name does not show; without a query, which S3 has operations in. */
const IMAGES = `    proxy_set_header Connection "";
    proxy_set_header Authorization "";
    proxy_set_header Cookie "";
    location = / { return 404; }
    location = /health {
      proxy_cache off;
      proxy_pass http://origin/${BUCKET}/${HEALTH_KEY};
    }
    location / {
      limit_except GET { deny all; }
      set $args "";
      proxy_cache_key $uri;
      proxy_pass http://origin/${BUCKET}/;
      add_header X-Cache $upstream_cache_status always;
    }
`;

const WHOLE_SITE = `    location / {
      proxy_cache_key $request_uri;
      proxy_cache_bypass $http_authorization;
      proxy_no_cache $http_authorization;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_pass http://origin;
      add_header X-Cache $upstream_cache_status always;
    }
`;
