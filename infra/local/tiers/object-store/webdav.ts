import { join } from 'node:path';
import type { Tier } from '../../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../../account.ts';
import { openFilesMax } from '../../open-files.ts';
import { processId } from '../../port-plan.ts';
import { isListening } from '../../ports.ts';
import { portOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { startNginx } from '../nginx-process.ts';
import { STORE_ROLES, STORE_USER } from './object-store-access.ts';
import { webdavConf } from './webdav-conf.ts';

const PASSWORDS = 'passwords';

/** Stands in where no server for S3 can be had: objects are files, put by WebDAV. Says so. */
export async function startWebdav(tier: Tier, site: Site): Promise<void> {
  const port = portOf(site, tier.id);
  const account = accountFor(['nobody']);
  const data = join(site.paths.data, processId(tier.id, 1));
  const root = join(data, 'files');
  for (const folder of [data, root]) own(folder, account);
  assertReachable(root, account);
  site.progress(`no S3 server on this machine: \`${tier.id}\` is an nginx that takes and gives files (WebDAV)`);
  await startNginx(
    {
      tier,
      instance: 1,
      role: STORE_ROLES.webdav,
      port,
      files: { [PASSWORDS]: `${STORE_USER}:{PLAIN}${site.secrets.object_store}\n` },
      conf: (folder) =>
        webdavConf({ folder, root, port, passwords: join(folder, PASSWORDS), descriptors_max: openFilesMax() }),
      probe: async () => {
        if (!(await isListening(port))) throw new Error(`nothing listens on port ${port}`);
      },
    },
    site,
  );
}
