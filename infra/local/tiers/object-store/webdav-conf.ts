import { quote, temporaryPaths } from '../nginx-conf.ts';
import { BUCKET } from './object-store-access.ts';

/** What the stand-in for an object store is told. */
export interface WebdavSite {
  readonly folder: string;
  /** Where the files are; the bucket is a folder in it. */
  readonly root: string;
  readonly port: number;
  /** Address of that port; absent: 127.0.0.1. */
  readonly listen?: string;
  readonly passwords: string;
  readonly descriptors_max: number;
}

/** Larger than the largest image that the application takes. */
const BODY_MAX = '16m';

/**
 * nginx.conf of an origin that anybody may read from, and the holder of the key may write to. Files have no properties of their
 * own here, so all images are given the one `Cache-Control` that the application puts on them in S3.
 */
export function webdavConf(site: WebdavSite): string {
  const { folder, root, port, listen = '127.0.0.1', passwords, descriptors_max } = site;
  return `daemon off;
worker_processes 1;
pid ${quote(`${folder}/nginx.pid`)};
error_log stderr warn;

events {
  worker_connections ${Math.min(4_096, descriptors_max - 64)};
}

http {
  access_log off;
  server_tokens off;
  default_type application/octet-stream;
  types {
    image/webp webp;
    image/jpeg jpeg;
    image/png png;
  }
${temporaryPaths(folder)}
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_max_body_size ${BODY_MAX};

  server {
    listen ${listen}:${port} backlog=4096;
    root ${quote(root)};
    location / { return 404; }
    location /${BUCKET}/ {
      dav_methods PUT DELETE;
      create_full_put_path on;
      add_header Cache-Control "public, max-age=86400, immutable";
      limit_except GET {
        auth_basic ${BUCKET};
        auth_basic_user_file ${quote(passwords)};
      }
    }
  }
}
`;
}
