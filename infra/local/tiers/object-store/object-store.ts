import { StackError } from '../../../backend.ts';
import { portOf } from '../../site.ts';
import { assertSingle } from '../single.ts';
import type { TierDriver } from '../tier-driver.ts';
import { BUCKET, expectStatus, HEALTH_KEY, storeClient, storeKindOf, storeKindOfRole } from './object-store-access.ts';
import { startVersitygw } from './versitygw.ts';
import { startWebdav } from './webdav.ts';

/**
 * A store for images: one that speaks S3 where the machine has it, else an nginx that takes and gives files. Either has a
 * bucket that is read openly and written with the stack's key only.
 */
export const objectStore: TierDriver = {
  // What stands in, and every stack with a load balancer or a CDN has it anyway.
  programs: () => ['nginx'],
  preferred: ['versitygw'],

  validate(tier) {
    assertSingle(tier);
    if (tier.calls.length > 0) {
      throw new StackError(`tier \`${tier.id}\` calls \`${tier.calls[0]}\``, 'an object store calls nobody');
    }
  },

  async start(tier, site) {
    const kind = storeKindOf(site);
    if (kind === 's3') await startVersitygw(tier, site);
    else await startWebdav(tier, site);
    const ask = storeClient(kind, portOf(site, tier.id), site.secrets);
    await expectStatus(await ask('PUT', `/${BUCKET}/${HEALTH_KEY}`, { body: 'ok' }), 200, 201, 204);
  },

  async ask({ role, port }, { secrets }) {
    const kind = storeKindOfRole(role) ?? 's3';
    const path = kind === 's3' ? '/' : `/${BUCKET}/${HEALTH_KEY}`;
    await expectStatus(await storeClient(kind, port, secrets)('GET', path), 200);
    return kind === 's3' ? {} : { detail: `answers on port ${port}, by WebDAV instead of S3` };
  },
};
