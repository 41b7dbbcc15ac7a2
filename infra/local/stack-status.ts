import type { StackProcess, StackStatus } from '../backend.ts';
import type { LocalConfig } from './config.ts';
import { bootId, isAlive } from './identity.ts';
import { readManifest, stackOf } from './manifest.ts';
import type { Manifest, ManifestProcess } from './manifest.ts';
import { readProcessTable, treeUsage } from './process-facts.ts';
import type { ProcessTable } from './process-facts.ts';
import { successorOf } from './successor.ts';
import { readSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { colourOf } from './port-plan.ts';
import { LINK_ROLE } from './links/start-link.ts';
import { liveColour } from './live-colour.ts';
import { stackPaths } from './stack-paths.ts';
import type { StackPaths } from './stack-paths.ts';
import { askHttp } from './probes.ts';
import { driverOf } from './tiers/drivers.ts';
import { problemOf } from './until.ts';

/** See `Backend.status`. Asks every living process in its own protocol, all at the same time; or `only` some, by their ids. */
export async function stackStatus(
  config: LocalConfig,
  name: string,
  only?: readonly string[],
): Promise<StackStatus | null> {
  const paths = stackPaths(config.home, name);
  const recorded = readManifest(paths.manifest);
  if (recorded === null) return null;
  const manifest = { ...recorded, processes: recorded.processes.map(successorOf) };
  const secrets = readSecrets(paths.secrets);
  const table = readProcessTable();
  const asked = manifest.processes.filter(({ id }) => only?.includes(id) ?? true);
  const processes = asked.map(async (process) => {
    const status = await processStatus(process, manifest, secrets, table);
    return isWaiting(process, manifest, paths) ? { ...status, role: 'waiting' } : status;
  });
  return { stack: stackOf(manifest), processes: await Promise.all(processes) };
}

/** Without asking any. */
export function processesNow(config: LocalConfig, name: string): readonly StackProcess[] {
  const recorded = readManifest(stackPaths(config.home, name).manifest);
  return recorded === null ? [] : stackOf({ ...recorded, processes: recorded.processes.map(successorOf) }).processes;
}

/** Whether requests go to instances of the other colour. */
function isWaiting({ id, tier }: ManifestProcess, { deployment }: Manifest, paths: StackPaths): boolean {
  return deployment?.tier === tier && colourOf(id) !== liveColour(paths, tier);
}

async function processStatus(
  process: ManifestProcess,
  manifest: Manifest,
  secrets: Secrets | null,
  table: ProcessTable,
): Promise<StackStatus['processes'][number]> {
  const alive = manifest.boot_id === bootId() && isAlive(process);
  if (!alive) {
    const detail = `not running; see \`shop-plan logs ${process.id}\``;
    return { id: process.id, alive, healthy: false, detail, memory_bytes: 0, cpu_s: 0 };
  }
  const { memory_bytes, cpu_s } = treeUsage(process.pid, table);
  return { id: process.id, alive, memory_bytes, cpu_s, ...(await healthOf(process, manifest, secrets)) };
}

/** Whatever lies behind it: its conditions may keep that from answering. */
async function healthOfLink({ port }: ManifestProcess): Promise<Health> {
  const problem = await problemOf(() => askHttp(`http://127.0.0.1:${port + 1}/`));
  return { healthy: problem === null, detail: problem ?? `is told what to do on port ${port + 1}` };
}

type Health = Pick<StackStatus['processes'][number], 'healthy' | 'detail' | 'role' | 'shard' | 'lag_bytes'>;

async function healthOf(process: ManifestProcess, { topology }: Manifest, secrets: Secrets | null): Promise<Health> {
  const tier = topology.tiers.find(({ id }) => id === process.tier);
  if (process.role === LINK_ROLE) return await healthOfLink(process);
  if (process.port === 0 || tier === undefined) return { healthy: false, detail: `running ${process.role}` };
  if (secrets === null) return { healthy: false, detail: 'the secrets of this stack are gone, so it cannot be asked' };
  try {
    const answer = await driverOf(tier.kind).ask(process, { topology, tier, secrets });
    return { healthy: true, detail: `answers on port ${process.port}`, ...answer };
  } catch (error) {
    return { healthy: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
