import type { Tier } from '../../../model/topology/topology.ts';
import { BUCKET } from '../application-environment.ts';
import { PORTS } from '../container.ts';
import { nginxFrame } from './frame.ts';

/** Folder below which objects lie. */
export const OBJECTS = '/var/lib/objects';
/** Who may write, made from the environment when the container starts. */
export const WRITERS = '/tmp/writers';

/** nginx.conf of the object store: anybody reads an object, whoever signs in writes and deletes (RFC 4918, without its locks). */
export function originConf(tier: Tier): string {
  return nginxFrame(
    tier,
    `  server {
    listen ${PORTS.nginx} backlog=4096;
    types { image/webp webp; image/jpeg jpg jpeg; image/png png; }
    location = /health { return 204; }
    location /${BUCKET}/ {
      root ${OBJECTS};
      dav_methods PUT DELETE;
      create_full_put_path on;
      min_delete_depth 1;
      # A variant of an image never changes: a new picture is a new image.
      add_header Cache-Control "public, max-age=86400, immutable";
      limit_except GET {
        auth_basic "objects";
        auth_basic_user_file ${WRITERS};
      }
    }
    location / { return 404; }
  }
`,
    'nginx',
  );
}
