import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import { launch } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { untilReady } from '../readiness.ts';
import type { Probe } from '../readiness.ts';
import { environmentOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { NGINX_FOLDERS } from './nginx-conf.ts';

// When its port is taken nginx tries for 2.5 s before it gives up.
const READY_MS = 10_000;

/** One nginx, whatever it is used for. */
export interface NginxProcess {
  readonly tier: Tier;
  readonly instance: number;
  readonly role: string;
  readonly port: number;
  /** Where its own counters answer, if they do. */
  readonly status_port?: number;
  /** Files of its own beside `nginx.conf`, by name; `conf` is given the folder that they all lie in. */
  readonly files?: Readonly<Record<string, string>>;
  readonly conf: (folder: string) => string;
  /** Folders that it writes to, below its own, beside those that every nginx needs. */
  readonly folders?: readonly string[];
  readonly probe: Probe;
}

/** Starts an nginx wholly as an unprivileged account, in a folder of its own that `down` removes; resolves when it is ready. */
export async function startNginx(nginx: NginxProcess, site: Site): Promise<void> {
  const id = processId(nginx.tier.id, nginx.instance);
  const folder = join(site.paths.run, id);
  const account = accountFor(['nobody']);
  own(folder, account);
  assertReachable(folder, account);
  for (const name of [...NGINX_FOLDERS, ...(nginx.folders ?? [])]) own(join(folder, name), account);
  const files = { ...nginx.files, 'nginx.conf': nginx.conf(folder) };
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (account.drop) chownSync(file, account.uid, account.gid);
  }
  const launched = await launch(
    {
      id,
      tier: nginx.tier.id,
      role: nginx.role,
      port: nginx.port,
      account,
      cwd: folder,
      executable: programOf(site, 'nginx'),
      args: ['-c', join(folder, 'nginx.conf')],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      ...(nginx.status_port === undefined ? {} : { metrics_url: `http://127.0.0.1:${nginx.status_port}/status` }),
      // SIGQUIT lets requests finish; SIGTERM does not.
      stop: [
        { signal: 'SIGQUIT', wait_ms: 1_500 },
        { signal: 'SIGTERM', wait_ms: 1_000 },
      ],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, nginx.probe, READY_MS, site.signal);
}
