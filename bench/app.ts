import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import { treeUsage } from '../infra/local/process-facts.ts';
import type { Tier, Topology } from '../model/topology/topology.ts';

// Cached product reads of one instance on one core, and its memory under that load: `node bench/app.ts [--semi-space MB]`.
const PRODUCTS = 1_000;
const CONNECTIONS = 64;
const SECONDS = 15;
const REPEATS = 3;

const option = process.argv.indexOf('--semi-space');
const settings: Tier['settings'] = option < 0 ? {} : { semi_space_mb: Number(process.argv[option + 1]) };
const plain = { instances: 1, calls: [], settings: {} };
const topology: Topology = {
  plan: 'amazon-shop',
  step: 2,
  name: 'one instance',
  application: 'shop',
  entry: 'load-balancer',
  tiers: [
    { ...plain, id: 'load-balancer', kind: 'nginx', calls: ['app'] },
    { ...plain, id: 'app', kind: 'express', calls: ['cache', 'database'], settings },
    { ...plain, id: 'cache', kind: 'redis' },
    { ...plain, id: 'database', kind: 'postgres' },
  ],
};
const home = mkdtempSync(join(tmpdir(), 'sp-bench-'));
chmodSync(home, 0o711);
const backend = createLocalBackend({ home });

/** Products in turn, so that every request is answered from Redis and none from a memory of the last one. */
async function drive(base_url: string): Promise<autocannon.Result> {
  const requests = Array.from({ length: PRODUCTS }, (_, index) => ({ path: `/api/v1/products/${index + 1}` }));
  return await autocannon({ url: base_url, connections: CONNECTIONS, duration: SECONDS, requests });
}

try {
  const stack = await backend.up(topology, { name: 'bench', seed: 42, products: PRODUCTS, users: 10 });
  const app = stack.processes.find(({ tier }) => tier === 'app');
  if (app === undefined) throw new Error('no application');
  // The instance has one core to itself, everybody else shares the others.
  const cores = availableParallelism();
  if (cores > 1) {
    spawnSync('taskset', ['-apc', '0', String(app.pid)]);
    for (const { pid } of [...stack.processes.filter(({ id }) => id !== app.id), { pid: process.pid }]) {
      spawnSync('taskset', ['-apc', `1-${cores - 1}`, String(pid)]);
    }
  }
  const url = `http://127.0.0.1:${app.port}`;
  await drive(url);
  let memory_bytes = 0;
  for (let repeat = 1; repeat <= REPEATS; repeat += 1) {
    const before = treeUsage(app.pid);
    const watch = setInterval(() => (memory_bytes = Math.max(memory_bytes, treeUsage(app.pid).memory_bytes)), 500);
    const { requests, non2xx, errors } = await drive(url);
    clearInterval(watch);
    const cpu_s = treeUsage(app.pid).cpu_s - before.cpu_s;
    process.stdout.write(
      `${Math.round(requests.average)} reads/s (target 8,000), ${Math.round(requests.total / cpu_s)} a second of processor time, ` +
        `${non2xx + errors} failed, memory ${Math.round(memory_bytes / 1e6)} MB (target 200 MB)\n`,
    );
  }
} finally {
  await backend.down('bench', { purge: true });
  rmSync(home, { recursive: true, force: true });
}
