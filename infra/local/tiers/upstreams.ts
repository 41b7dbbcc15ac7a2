import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import type { Account } from '../account.ts';
import type { Colour } from '../colour.ts';
import { liveFile } from '../live-colour.ts';
import { processId } from '../port-plan.ts';
import { oneOf, wholeNumber } from '../settings.ts';
import { portAt } from '../site.ts';
import type { Site } from '../site.ts';

/** Where a balancer sends what is meant for one tier. nginx knows the blue one by the tier's name. */
export interface Upstream {
  readonly tier: string;
  readonly ports: Readonly<Record<Colour, readonly number[]>>;
  /** Where each of the blue ones is; absent: on this machine. */
  readonly hosts?: readonly string[];
}

/** Folder, below the balancer's own, with one file an upstream. */
export const UPSTREAMS_FOLDER = 'upstreams';

const BALANCE = { 'round-robin': '', 'least-conn': '  least_conn;\n' } as const;

/** Path, below the balancer's folder, of the file that nginx.conf includes for a tier. */
export function upstreamFile(tier: string): string {
  return join(UPSTREAMS_FOLDER, `${tier}.conf`);
}

/** All instances of a tier. */
export function upstreamTo({ id, instances }: Tier, site: Site): Upstream {
  const ports = (colour: Colour): number[] =>
    Array.from({ length: instances }, (_, index) => portAt(site, processId(id, index + 1, colour)));
  return { tier: id, ports: { blue: ports('blue'), green: ports('green') } };
}

/** The upstreams of a tier, one a colour that has ports, with the settings of the balancer. */
export function upstreamConf(balancer: Tier, { tier, ports, hosts }: Upstream): string {
  const green = ports.green.length === 0 ? '' : block(balancer, `${tier}.green`, ports.green);
  return `${block(balancer, tier, ports.blue, hosts)}${green}`;
}

/** Of a location: what passes a request on to the living colour of a tier, with its own path or with another. */
export function passTo(tier: string, path = ''): string {
  return `${chooseColour(tier)} proxy_pass http://$upstream${path};`;
}

/** A location of the status port that tells which colour of a tier requests are passed on to. */
export function liveLocation(tier: string): string {
  return `location = /live/${tier} { ${chooseColour(tier)} return 200 $upstream; }`;
}

/** What `liveLocation` answers. */
export function liveAnswer(tier: string, colour: Colour): string {
  return colour === 'blue' ? tier : `${tier}.green`;
}

export function writeUpstream(folder: string, balancer: Tier, upstream: Upstream, account: Account): void {
  const file = join(folder, upstreamFile(upstream.tier));
  writeFileSync(file, upstreamConf(balancer, upstream), { mode: 0o600 });
  if (account.drop) chownSync(file, account.uid, account.gid);
}

function block(balancer: Tier, name: string, ports: readonly number[], hosts: readonly string[] = []): string {
  const balance = BALANCE[oneOf(balancer, 'balance', 'round-robin', ['round-robin', 'least-conn'])];
  const max_fails = wholeNumber(balancer, 'max_fails', 3, 0, 1_000);
  const fail_timeout_s = wholeNumber(balancer, 'fail_timeout_s', 5, 1, 3_600);
  const servers = ports.map(
    (port, index) =>
      `  server ${hosts[index] ?? '127.0.0.1'}:${port} max_fails=${max_fails} fail_timeout=${fail_timeout_s}s;\n`,
  );
  // Shorter than the application's own idle timeout, so that it never closes what nginx is about to use.
  return `upstream ${name} {
${balance}${servers.join('')}  keepalive ${wholeNumber(balancer, 'upstream_keepalive', 512, 1, 65_535)};
  keepalive_requests 1000000000;
  keepalive_timeout 30s;
}
`;
}

/**
 * Asked for each request, by one system call of about a microsecond. A reload would do without, but it closes connections
 * while clients send on them (docs/adr/0021).
 */
function chooseColour(tier: string): string {
  return `set $upstream ${tier}; if (-f ${liveFile(tier)}) { set $upstream ${tier}.green; }`;
}
