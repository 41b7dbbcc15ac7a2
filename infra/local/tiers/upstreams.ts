import { chownSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import type { Account } from '../account.ts';
import { oneOf, wholeNumber } from '../settings.ts';

/** Where a balancer sends what is meant for one tier. nginx knows it by the tier's name. */
export interface Upstream {
  readonly tier: string;
  readonly ports: readonly number[];
  /** Counts how often it was written; the status port tells which one is in force, see `generationOf`. */
  readonly generation: number;
}

/** Folder, below the balancer's own, with one file an upstream: each can be replaced without touching the others. */
export const UPSTREAMS_FOLDER = 'upstreams';

const BALANCE = { 'round-robin': '', 'least-conn': '  least_conn;\n' } as const;

/** Path, below the balancer's folder, of the file that nginx.conf includes for a tier. */
export function upstreamFile(tier: string): string {
  return join(UPSTREAMS_FOLDER, `${tier}.conf`);
}

/** Variable of nginx that holds the generation of a tier's upstream. Ids of tiers have hyphens but no underscores. */
export function generationVariable(tier: string): string {
  return `$generation_${tier.replaceAll('-', '_')}`;
}

/** The upstream with the settings of the balancer, and its generation. */
export function upstreamConf(balancer: Tier, { tier, ports, generation }: Upstream): string {
  const balance = BALANCE[oneOf(balancer, 'balance', 'round-robin', ['round-robin', 'least-conn'])];
  const max_fails = wholeNumber(balancer, 'max_fails', 3, 0, 1_000);
  const fail_timeout_s = wholeNumber(balancer, 'fail_timeout_s', 5, 1, 3_600);
  const servers = ports.map(
    (port) => `  server 127.0.0.1:${port} max_fails=${max_fails} fail_timeout=${fail_timeout_s}s;\n`,
  );
  // Shorter than the application's own idle timeout, so that it never closes what nginx is about to use.
  return `upstream ${tier} {
${balance}${servers.join('')}  keepalive ${wholeNumber(balancer, 'upstream_keepalive', 512, 1, 65_535)};
  keepalive_requests 1000000000;
  keepalive_timeout 30s;
}
map $host ${generationVariable(tier)} { default ${generation}; }
`;
}

/** Writes an upstream's file at once: nginx, reading it at any moment, finds the old one or the new one. */
export function writeUpstream(folder: string, balancer: Tier, upstream: Upstream, account: Account): void {
  const file = join(folder, upstreamFile(upstream.tier));
  const beside = `${file}.new`;
  writeFileSync(beside, upstreamConf(balancer, upstream), { mode: 0o600 });
  if (account.drop) chownSync(beside, account.uid, account.gid);
  renameSync(beside, file);
}
