import { PROGRAM_EXTENSION } from '../program-extension.ts';

/**
 * What the containers run: the versions that the local backend runs as packages of Debian 12, so that a figure of the one can
 * be held against one of the other. Patroni and etcd are those very packages, because no image of either comes from where
 * the others do. The application's image holds the application alone.
 */
export const IMAGES = {
  postgres: 'postgres:15-bookworm',
  redis: 'redis:7.0',
  rabbitmq: 'rabbitmq:3.10',
  nginx: 'nginx:1.22',
  haproxy: 'haproxy:2.6',
  application: 'shop-plan-application:1',
  patroni: 'shop-plan-patroni:3.0.2',
  etcd: 'shop-plan-etcd:3.4',
} as const;

/** Folders of the project from which images are built. */
export const BUILDS = {
  application: { context: './images/application' },
  patroni: { context: './images/patroni' },
  etcd: { context: './images/etcd' },
} as const;

/** Dockerfiles, by their path in the project. */
export const DOCKERFILES: Readonly<Record<string, string>> = {
  'images/application/Dockerfile': `FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY reference-app ./reference-app
# The seeder runs as whoever is to read the feeds.
RUN chmod -R a+rX package.json reference-app
USER node
CMD ["node", "reference-app/server${PROGRAM_EXTENSION}"]
`,
  // The version that the local backend was measured with; the image's own package source has later ones.
  'images/patroni/Dockerfile': `FROM ${IMAGES.postgres}
RUN apt-get update \\
  && apt-get install -y --no-install-recommends 'patroni=3.0.2-*' python3-etcd \\
  && rm -rf /var/lib/apt/lists/*
USER postgres
# Not the signal of the image below: Patroni ends its server by itself.
STOPSIGNAL SIGTERM
ENTRYPOINT ["patroni"]
CMD ["/etc/patroni/patroni.json"]
`,
  'images/etcd/Dockerfile': `FROM debian:12-slim
RUN apt-get update \\
  && apt-get install -y --no-install-recommends etcd-server etcd-client \\
  && rm -rf /var/lib/apt/lists/* \\
  && install -d -o nobody -g nogroup -m 700 /var/lib/etcd
USER nobody
ENV ETCDCTL_API=3
ENTRYPOINT ["etcd"]
`,
};
