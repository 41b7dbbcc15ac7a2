import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAM_EXTENSION } from '../../program-extension.ts';
import { own, readerAccount } from '../account.ts';
import { launch } from '../launch.ts';
import { askHttp } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { environmentOf, portAt } from '../site.ts';
import type { Site } from '../site.ts';

export const LINK_ROLE = 'link';

const PROGRAM = fileURLToPath(new URL(`../../link/main${PROGRAM_EXTENSION}`, import.meta.url));
const READY_MS = 10_000;

/** Between a tier and what it calls. */
export interface LinkSpec {
  readonly id: string;
  /** What it is counted to. */
  readonly tier: string;
  readonly target_ports: readonly number[];
  readonly delay_ms: number;
}

/**
 * Starts a link, and returns the port to connect to instead of the target's. Its control port is the next one; conditions can be changed there
 * while the stack runs.
 */
export async function startLink({ id, tier, target_ports, delay_ms }: LinkSpec, site: Site): Promise<number> {
  const port = portAt(site, id);
  const control = `http://127.0.0.1:${port + 1}/`;
  const folder = join(site.paths.run, id);
  const account = readerAccount([process.execPath, PROGRAM]);
  own(folder, account);
  const launched = await launch(
    {
      id,
      tier,
      role: LINK_ROLE,
      port,
      account,
      cwd: folder,
      executable: process.execPath,
      args: [PROGRAM],
      env: {
        ...environmentOf(site, folder),
        PORT: String(port),
        CONTROL_PORT: String(port + 1),
        TARGET_PORTS: target_ports.join(','),
        DELAY_MS: String(delay_ms),
      },
      log: join(site.paths.logs, `${id}.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => askHttp(control), READY_MS, site.signal);
  return port;
}
