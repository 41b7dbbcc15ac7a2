import type { Tier, Topology } from '../../../../model/topology/topology.ts';
import { StackError } from '../../../backend.ts';
import { openFilesMax } from '../../open-files.ts';
import { linkId, linkTime_ms } from '../../port-plan.ts';
import { askHttp } from '../../probes.ts';
import { portOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { startNginx } from '../nginx-process.ts';
import type { TierDriver } from '../tier-driver.ts';
import { CACHE_FOLDER, edgeConf } from './cdn-conf.ts';
import { startLink } from '../../links/start-link.ts';

/** A CDN: edges that keep what their origin lets them, which may be some distance away. */
export const cdn: TierDriver = {
  programs: () => ['nginx'],

  validate(tier, topology) {
    const { kind } = originOf(tier, topology);
    linkTime_ms(tier);
    edgeConf(tier, { folder: '', port: 1, status_port: 1, origin: kind, origin_ports: [], descriptors_max: 1_024 });
  },

  async start(tier, site) {
    const origin = originOf(tier, site.topology);
    const ports = Array.from({ length: origin.tier.instances }, (_, index) => portOf(site, origin.tier.id, index + 1));
    const delay_ms = linkTime_ms(tier) / 2;
    const origin_ports =
      delay_ms > 0
        ? [await startLink({ id: linkId(tier.id), tier: tier.id, target_ports: ports, delay_ms }, site)]
        : ports;
    const instances = Array.from({ length: tier.instances }, (_, index) => index + 1);
    await Promise.all(
      instances.map((instance) => startEdge({ tier, instance, origin: origin.kind, origin_ports }, site)),
    );
  },

  async ask({ port }) {
    // Of a link, the port beside its own tells how it is.
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

interface Edge {
  readonly tier: Tier;
  readonly instance: number;
  readonly origin: 'object-store' | 'nginx';
  readonly origin_ports: readonly number[];
}

async function startEdge({ tier, instance, origin, origin_ports }: Edge, site: Site): Promise<void> {
  const port = portOf(site, tier.id, instance);
  const status_port = port + 1;
  await startNginx(
    {
      tier,
      instance,
      role: 'cdn',
      port,
      status_port,
      folders: [CACHE_FOLDER],
      conf: (folder) =>
        edgeConf(tier, { folder, port, status_port, origin, origin_ports, descriptors_max: openFilesMax() }),
      // Answered by the origin, so that the whole way is there.
      probe: () => askHttp(`http://127.0.0.1:${port}/health`),
    },
    site,
  );
}

/** The first tier that it calls. Throws a `StackError` when nothing can be delivered from that. */
function originOf({ id, calls }: Tier, { tiers }: Topology): { tier: Tier; kind: 'object-store' | 'nginx' } {
  const tier = tiers.find((each) => each.id === calls[0]);
  if (tier?.kind === 'object-store' || tier?.kind === 'nginx') return { tier, kind: tier.kind };
  throw new StackError(
    `tier \`${id}\` calls ${tier === undefined ? 'nothing' : `\`${tier.id}\` first, which is of kind ${tier.kind}`}`,
    'a CDN delivers what an object store or an nginx has: let it call one',
  );
}
