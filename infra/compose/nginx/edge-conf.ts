import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { wholeNumber } from '../../local/settings.ts';
import { BUCKET } from '../application-environment.ts';
import { PORTS } from '../container.ts';
import { instancesOf } from '../relations.ts';
import { nginxFrame, proxySettings, upstream } from './frame.ts';

/** Folder of the answers that an edge keeps. */
export const EDGE_CACHE = '/var/cache/edge';
/** Where an edge answers for itself. */
export const EDGE_HEALTH = '/edge/health';

/** How much an edge keeps. */
export function cacheMb(tier: Tier): number {
  return wholeNumber(tier, 'cache_mb', 256, 16, 1_048_576);
}

/**
 * nginx.conf of a CDN's edge: keeps what its origin lets it keep (`Cache-Control`), and serves an answer that is too old while it
 * asks for a new one. Before an object store it shows the images alone; before a site, all of it. Throws a `StackError` for one
 * without an origin.
 */
export function edgeConf(tier: Tier, { tiers }: Topology): string {
  const origin = tiers.find(({ id, kind }) => tier.calls.includes(id) && ['object-store', 'nginx'].includes(kind));
  if (origin === undefined) {
    throw new StackError(`tier \`${tier.id}\` calls no object store and no load balancer`, 'a CDN needs an origin');
  }
  const addresses = instancesOf(origin).map((host) => `${host}:${PORTS.nginx}`);
  return nginxFrame(
    tier,
    `  proxy_cache_path ${EDGE_CACHE} levels=1:2 keys_zone=edge:16m max_size=${cacheMb(tier)}m inactive=7d use_temp_path=off;

${upstream('origin', addresses, tier)}
  server {
    listen ${PORTS.nginx} backlog=4096;
${proxySettings(tier)}    proxy_cache edge;
    proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
    proxy_cache_background_update on;
    add_header X-Cache $upstream_cache_status always;
    location = ${EDGE_HEALTH} { return 204; }
${origin.kind === 'object-store' ? images() : '    location / { proxy_pass http://origin; }\n'}  }
`,
  );
}

function images(): string {
  return `    location / {
      limit_except GET { deny all; }
      proxy_pass http://origin/${BUCKET}/;
    }
`;
}
