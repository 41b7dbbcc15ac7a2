import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { APPLICATIONS } from '../../../infra/local/applications.ts';
import type { Topology } from '../../../model/topology/topology.ts';
import { RunError } from '../../run-error.ts';

export type Sharding = 'consistent-hash' | 'modulo';

/**
 * Has the application itself say which shard (from 0) each of the codes would belong to if there were so many shards.
 * @throws RunError when the application cannot be asked.
 */
export async function placementOf(
  { application }: Pick<Topology, 'application'>,
  codes: readonly string[],
  by: { readonly sharding: Sharding; readonly shards: number },
): Promise<number[]> {
  const program = APPLICATIONS[application ?? '']?.placement;
  if (program === undefined) throw new RunError(`application \`${application}\` has no shards`);
  const child = spawn(process.execPath, [program, '--shards', String(by.shards), '--sharding', by.sharding]);
  const ended = once(child, 'exit');
  const [told, complaint] = [text(child.stdout), text(child.stderr)];
  child.stdin.end(codes.map((code) => `${code}\n`).join(''));
  await ended;
  const shards = (await told).trimEnd().split('\n').map(Number);
  if (child.exitCode === 0 && shards.length === codes.length) return shards;
  throw new RunError(`the application did not say where its codes belong: ${await complaint}`);
}
