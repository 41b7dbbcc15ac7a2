import { randomBytes } from 'node:crypto';
import type { Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import type { UpOptions } from '../backend.ts';
import { acquireLock } from './claim-lock.ts';
import type { LocalConfig } from './config.ts';
import { bootId, ownIdentity } from './identity.ts';
import { ManifestBook, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { portOffsets } from './port-plan.ts';
import { findBlock } from './ports.ts';
import type { PortBlock } from './ports.ts';
import { portsLock, stackNames, stackPaths } from './stack-paths.ts';

/**
 * Begins the manifest of a start. Ports are chosen and written down under a lock, so that two starts at a time never
 * choose the same. Throws a `StackError` when no block of ports is free.
 */
export async function openManifest(
  config: LocalConfig,
  topology: Topology,
  options: UpOptions,
  avoid: readonly PortBlock[],
): Promise<ManifestBook> {
  const paths = stackPaths(config.home, options.name);
  const lock = await acquireLock(portsLock(config.home), 'the choice of ports');
  try {
    const taken = stackNames(config.home).flatMap((name) => readManifestOf(config, name)?.ports ?? []);
    const { count, offsets } = portOffsets(topology);
    const ports = await findBlock(count, config.ports, [...taken, ...avoid]);
    const urlOf = (tier: string): string => `http://127.0.0.1:${ports.first + (offsets.get(`${tier}-1`) ?? 0)}`;
    const cdn = topology.tiers.find(({ kind }) => kind === 'cdn');
    return new ManifestBook(paths.manifest, {
      formatVersion: 1,
      name: options.name,
      id: randomBytes(8).toString('hex'),
      boot_id: bootId(),
      state: 'starting',
      starter: ownIdentity(),
      ...(options.ephemeral === true ? { ephemeral: true } : {}),
      topology,
      rows: { seed: options.seed, products: options.products, users: options.users },
      base_url: urlOf(topology.entry),
      ...(cdn === undefined ? {} : { images_url: urlOf(cdn.id) }),
      feeds_dir: paths.feeds,
      ports,
      processes: [],
    });
  } finally {
    lock.release();
  }
}

function readManifestOf(config: LocalConfig, name: string): Manifest | null {
  try {
    return readManifest(stackPaths(config.home, name).manifest);
  } catch (error) {
    // A damaged one claims no ports; whatever still listens there fails the verification by binding.
    if (error instanceof StackError) return null;
    throw error;
  }
}
