import type { Services } from '../services.ts';

/** What goes to one service. */
export interface Route {
  /** With the prefix; `ID` stands for any one segment. */
  readonly path: string;
  /** Tier that answers it and all that is below it. */
  readonly upstream: string;
}

/** A way in to several services. */
export interface Gateway {
  /** The first one that fits decides. */
  readonly routes: readonly Route[];
  /** Before every path; health is asked with and without it. */
  readonly prefix: string;
  /** Segment of paths that are closed. */
  readonly internal: string;
}

/** Routes to the services that are there, by service the tier that runs it; longer paths before those they begin with. */
export function gatewayOf({ prefix, paths, internal }: Services, tiers: ReadonlyMap<string, string>): Gateway {
  const routes = [...tiers].flatMap(([service, upstream]) =>
    (paths[service] ?? []).map((path) => ({ path: prefix + path, upstream })),
  );
  const depth = ({ path }: Route): number => path.split('/').length;
  return { routes: routes.toSorted((a, b) => depth(b) - depth(a)), prefix, internal };
}

/**
 * Locations of the entry. nginx looks at paths after it has decoded and resolved them, but hands them on as they came, so
 * what is closed is looked for in both.
 */
export function gatewayLocations({ routes, prefix, internal }: Gateway, status_port: number): string {
  const locations = routes.map(({ path, upstream }) => {
    const pattern = path.replaceAll('.', String.raw`\.`).replaceAll('/ID', '/[^/]+');
    return `    location ~ ^${pattern}(?:/|$) { proxy_pass http://${upstream}; }\n`;
  });
  const health = ['/health', '/ready', `${prefix}/health`, `${prefix}/ready`].map(
    (path) => `    location = ${path} { proxy_pass http://127.0.0.1:${status_port}/health; }\n`,
  );
  return `    if ($request_uri ~* "^[^?]*/${internal}(?:[/?]|$)") { return 404; }
${locations.join('')}${health.join('')}    location / { return 404; }
`;
}

/**
 * Locations by which the status port tells whether all services are well. nginx asks one of them before it goes on to the
 * next, by way of itself; the answer is 200 after the last one, and else 503 with the first that is not well.
 */
export function healthLocations({ routes }: Gateway, status_port: number): string {
  const itself = `http://127.0.0.1:${status_port}`;
  const upstreams = [...new Set(routes.map(({ upstream }) => upstream))];
  const steps = upstreams.map((upstream, index) => {
    const next = upstreams[index + 1];
    return `    location = /health/${upstream} {
      auth_request /ask/${upstream};
      error_page 500 = @${upstream};
      proxy_pass ${itself}${next === undefined ? '/well' : `/health/${next}`};
    }
    location = /ask/${upstream} {
      internal;
      proxy_connect_timeout 1s;
      proxy_read_timeout 1s;
      proxy_pass http://${upstream}/health;
    }
    location @${upstream} { return 503 "${upstream} is not well\\n"; }
`;
  });
  return `    location = /health { proxy_pass ${itself}/health/${upstreams[0]}; }
${steps.join('')}    location = /well { return 200 "all services are well\\n"; }
`;
}
