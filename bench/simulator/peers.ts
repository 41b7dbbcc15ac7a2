import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Other simulators, at the versions that the comparison is made with. */
export const PEERS = { simpy: '4.1.2', ciw: '3.2.7' } as const;
export type Peer = keyof typeof PEERS;

const folder = join(tmpdir(), `shop-plan-peers-${Object.values(PEERS).join('-')}`);
const python = join(folder, 'bin', 'python');

/** Installs the peers into a folder of their own under the system's temporary one; says why when it cannot. */
export function installPeers(): { readonly missing: string | null } {
  // There from an earlier run.
  if (existsSync(python) && spawnSync(python, ['-c', 'import simpy, ciw']).status === 0) return { missing: null };
  const requirements = Object.entries(PEERS).map(([name, version]) => `${name}==${version}`);
  process.stderr.write(`installing ${requirements.join(' and ')} into ${folder}\n`);
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (error !== undefined) return { missing: `${command} cannot be started (${error.message})` };
    if (status !== 0) return { missing: `${command} ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}` };
  }
  return { missing: null };
}

export interface PeerFigures {
  readonly wall_s: number;
  readonly customers: number;
  readonly mean_s: number;
}

/** The same queue in a peer, in a process of its own. */
export function runPeer(peer: Peer, model: 'mmc' | 'network', customers: number): PeerFigures {
  const script = join(import.meta.dirname, 'peers.py');
  const { stdout, stderr, status } = spawnSync(python, [script, peer, model, String(customers)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${peer} failed: ${stderr}`);
  const found: unknown = JSON.parse(stdout);
  return found as PeerFigures;
}
