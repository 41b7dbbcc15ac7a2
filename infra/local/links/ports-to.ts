import { linkIdBetween } from '../port-plan.ts';
import { portAt } from '../site.ts';
import type { Site } from '../site.ts';

/** Where a tier reaches another: its own `ports`, or the link that lies before them. */
export function portsTo(from: string, to: string, ports: readonly number[], site: Site): readonly number[] {
  const link = site.topology.links?.find((each) => each.from === from && each.to === to);
  return link === undefined ? ports : [portAt(site, linkIdBetween(link))];
}
