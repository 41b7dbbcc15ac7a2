import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import type { Account } from '../account.ts';
import { launch } from '../launch.ts';
import { openFilesMax } from '../open-files.ts';
import { processId } from '../port-plan.ts';
import { askHttp } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { isService, serviceOf } from '../services.ts';
import { environmentOf, portOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { connectionsMax, NGINX_FOLDERS, nginxConf } from './nginx-conf.ts';
import type { NginxSite } from './nginx-conf.ts';
import { gatewayOf } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import type { TierDriver } from './tier-driver.ts';
import { upstreamConf, UPSTREAMS_FOLDER, writeUpstream } from './upstreams.ts';
import type { Upstream } from './upstreams.ts';

// When its port is taken nginx tries for 2.5 s before it gives up.
const READY_MS = 10_000;

/** The load balancer, wholly as an unprivileged account: it needs no port below 1024. */
export const nginx: TierDriver = {
  programs: () => ['nginx'],

  validate(tier, topology) {
    calledApplications(tier, topology);
    upstreamConf(tier, { tier: 'application', ports: [], generation: 1 });
    nginxConf(tier, { folder: '', port: 1, status_port: 1, upstreams: ['application'], descriptors_max: 1_024 });
  },

  async start(tier, site) {
    const instances = Array.from({ length: tier.instances }, (_, index) => index + 1);
    await Promise.all(instances.map((instance) => startInstance(tier, instance, site)));
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

async function startInstance(tier: Tier, instance: number, site: Site): Promise<void> {
  const id = processId(tier.id, instance);
  const port = portOf(site, tier.id, instance);
  const account = accountFor(['nobody']);
  const folder = join(site.paths.run, id);
  const upstreams = upstreamsOf(tier, site);
  const gateway = gatewayAt(tier, site);
  const conf = prepareFolder(tier, upstreams, account, {
    folder,
    port,
    status_port: port + 1,
    upstreams: upstreams.map((upstream) => upstream.tier),
    ...(gateway === undefined ? {} : { gateway }),
    descriptors_max: openFilesMax(),
  });
  warnAboutConnections(tier, site);
  const launched = await launch(
    {
      id,
      tier: tier.id,
      role: 'nginx',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'nginx'),
      args: ['-c', conf],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      metrics_url: `http://127.0.0.1:${port + 1}/status`,
      // SIGQUIT lets requests finish; SIGTERM does not.
      stop: [
        { signal: 'SIGQUIT', wait_ms: 1_500 },
        { signal: 'SIGTERM', wait_ms: 1_000 },
      ],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => askHttp(`http://127.0.0.1:${port}/health`), READY_MS, site.signal);
}

function prepareFolder(tier: Tier, upstreams: readonly Upstream[], account: Account, at: NginxSite): string {
  const { folder } = at;
  own(folder, account);
  assertReachable(folder, account);
  for (const name of [...NGINX_FOLDERS, UPSTREAMS_FOLDER]) own(join(folder, name), account);
  for (const upstream of upstreams) writeUpstream(folder, tier, upstream, account);
  const conf = join(folder, 'nginx.conf');
  writeFileSync(conf, nginxConf(tier, at), { mode: 0o600 });
  if (account.drop) chownSync(conf, account.uid, account.gid);
  return conf;
}

function upstreamsOf(tier: Tier, site: Site): Upstream[] {
  return calledApplications(tier, site.topology).map(({ id, instances }) => {
    const ports = Array.from({ length: instances }, (_, index) => portOf(site, id, index + 1));
    return { tier: id, ports, generation: 1 };
  });
}

/** What goes to which service; undefined when all goes to the whole application. */
function gatewayAt(tier: Tier, { topology, application: { services } }: Site): Gateway | undefined {
  if (services === undefined) return undefined;
  const tiers = calledApplications(tier, topology).flatMap((called) => {
    const service = serviceOf(called, services);
    return service === undefined ? [] : [[service, called.id] as const];
  });
  return tiers.length === 0 ? undefined : gatewayOf(services, new Map(tiers));
}

function calledApplications(tier: Tier, topology: Topology): Tier[] {
  const called = topology.tiers.filter(({ id, kind }) => kind === 'express' && tier.calls.includes(id));
  if (called.length === 0) {
    throw new StackError(`tier \`${tier.id}\` calls no express tier`, 'a load balancer needs something to balance');
  }
  if (called.length > 1 && !called.every(isService)) {
    throw new StackError(
      `tier \`${tier.id}\` calls several express tiers, and nothing says which request goes where`,
      'tiers that each run one service are named after it, for example `order-service`',
    );
  }
  return called;
}

function warnAboutConnections(tier: Tier, site: Site): void {
  const possible = connectionsMax(tier, openFilesMax());
  const wanted = connectionsMax(tier, Number.MAX_SAFE_INTEGER);
  if (possible < wanted) {
    site.progress(`nginx gets ${possible} connections instead of ${wanted}: raise the limit of open files (ulimit -n)`);
  }
}
