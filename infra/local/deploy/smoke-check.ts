import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import type { ManifestProcess } from '../manifest.ts';
import { askHttp } from '../probes.ts';
import { isService } from '../services.ts';
import type { Site } from '../site.ts';

/**
 * Asks new instances, past the balancer, whether they are ready and whether a write can be read back; a part of the
 * application is asked the former alone. Rejects with a `StackError` for the first that is not well.
 */
export async function checkInstances(tier: Tier, instances: readonly ManifestProcess[], site: Site): Promise<void> {
  const { application, secrets, book, signal } = site;
  // One after the other: they all use the same cart.
  for (const { id, port } of instances) {
    const url = `http://127.0.0.1:${port}`;
    try {
      await askHttp(`${url}/ready`);
      if (!isService(tier)) await application.roundTrip(url, book.current.name, secrets.probe_user, signal);
    } catch (error) {
      signal.throwIfAborted();
      const what = error instanceof Error ? error.message : String(error);
      throw new StackError(`\`${id}\` is not fit for service: ${what}`, `see \`shop-plan logs ${id}\``);
    }
  }
}
