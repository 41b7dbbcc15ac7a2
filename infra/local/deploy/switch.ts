import type { Topology } from '../../../model/topology/topology.ts';
import type { Colour } from '../colour.ts';
import { setLiveColour } from '../live-colour.ts';
import type { Manifest } from '../manifest.ts';
import type { StackPaths } from '../stack-paths.ts';
import { liveAnswer } from '../tiers/upstreams.ts';
import { until } from '../until.ts';

const DEADLINE_MS = 5_000;

/**
 * Sends all further requests for a tier to instances of that colour, at once. Resolves when every balancer says that it
 * does; rejects with a `StackError` when one does not, which must not go on with half of the requests here and half there.
 */
export async function switchTo(
  colour: Colour,
  tier: string,
  { manifest, paths, signal }: { manifest: Manifest; paths: StackPaths; signal: AbortSignal },
): Promise<void> {
  setLiveColour(paths, tier, colour);
  const expected = liveAnswer(tier, colour);
  for (const balancer of manifest.processes.filter((process) => calls(manifest.topology, process.tier, tier))) {
    const url = `http://127.0.0.1:${balancer.port + 1}/live/${tier}`;
    const check = async (): Promise<void> => {
      const answer = await read(url);
      if (answer !== expected) throw new Error(`it says \`${answer}\``);
    };
    await until(`\`${balancer.id}\` passes requests to \`${expected}\``, check, { deadline_ms: DEADLINE_MS, signal });
  }
}

function calls({ tiers }: Topology, caller: string, callee: string): boolean {
  return tiers.some(({ id, kind, calls }) => id === caller && kind === 'nginx' && calls.includes(callee));
}

/** On a connection of its own: a kept one would always ask the same worker. */
async function read(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(1_000) });
  return await response.text();
}
