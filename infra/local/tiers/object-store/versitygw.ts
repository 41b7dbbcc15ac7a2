import { join } from 'node:path';
import type { Tier } from '../../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../../account.ts';
import { launch } from '../../launch.ts';
import { processId } from '../../port-plan.ts';
import { untilReady } from '../../readiness.ts';
import { environmentOf, portOf, programOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { BUCKET, expectStatus, storeClient, STORE_ROLES, STORE_USER } from './object-store-access.ts';

const READY_MS = 10_000;

/** Anybody may read an object by its name; nobody may list them. */
const OPEN_TO_READERS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${BUCKET}/*`] }],
});

/**
 * versitygw, which keeps objects as files of a folder. What belongs to an object beside its bytes goes to files, too (a "sidecar"),
 * because not every file system has extended attributes. It is ready when it lists buckets to who signs, and has ours.
 */
export async function startVersitygw(tier: Tier, site: Site): Promise<void> {
  const id = processId(tier.id, 1);
  const port = portOf(site, tier.id);
  const account = accountFor(['nobody']);
  const data = join(site.paths.data, id);
  const folders = { objects: join(data, 'objects'), metadata: join(data, 'metadata'), run: join(site.paths.run, id) };
  for (const folder of [data, ...Object.values(folders)]) own(folder, account);
  assertReachable(data, account);
  const gateway = ['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive'];
  const backend = ['posix', '--sidecar', folders.metadata, folders.objects];
  const launched = await launch(
    {
      id,
      tier: tier.id,
      role: STORE_ROLES.s3,
      port,
      account,
      cwd: folders.run,
      executable: programOf(site, 'versitygw'),
      args: [...gateway, ...backend],
      // By the environment, so that the secret is in no process list.
      env: {
        ...environmentOf(site, folders.run),
        ROOT_ACCESS_KEY: STORE_USER,
        ROOT_SECRET_KEY: site.secrets.object_store,
      },
      log: join(site.paths.logs, `${id}.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 2_000 }],
    },
    site.book,
    site.signal,
  );
  const ask = storeClient('s3', port, site.secrets);
  await untilReady(launched, async () => expectStatus(await ask('GET', '/'), 200), READY_MS, site.signal);
  // 409: it is there, from a start before.
  await expectStatus(await ask('PUT', `/${BUCKET}`), 200, 409);
  await expectStatus(await ask('PUT', `/${BUCKET}?policy`, { body: OPEN_TO_READERS }), 200, 204);
}
