import { readFileSync } from 'node:fs';
import { descendants } from '../engines/conformance/hold-up.ts';
import { openLoop } from '../engines/open-loop/open-loop.ts';
import { startNullServer } from './engine-nginx.ts';
import { paceJob } from './engine-pace.ts';
import type { Figure } from './engines.ts';

const CORES_MAX = 0.5;
const MEMORY_MAX_MB = 150;
/** What may come and go between collections, over the second half of the run. */
const GROWTH_MAX_MB = 10;

/** What the generator costs at a rate against a server that does nothing, and whether its memory grows with the length of the run. */
export async function measureCost(rate_per_s: number, seconds: number): Promise<Figure[]> {
  const server = await startNullServer();
  try {
    const before = new Set(descendants().map(({ pid }) => pid));
    const memory_mb: number[] = [];
    const { totals, generator } = await openLoop.run(paceJob(server.url, rate_per_s, seconds), {
      onProgress: () => memory_mb.push(memoryOf(before)),
    });
    const { growth_mb, series } = growthOf(memory_mb);
    const peak_mb = generator.memory_bytes_max / 1e6;
    const { cpu_cores } = generator;
    return [
      {
        figure: `processor at ${rate_per_s} req/s, ${totals.sent} sent`,
        measured: `${cpu_cores.toFixed(2)} cores`,
        target: `<= ${CORES_MAX}`,
        met: cpu_cores <= CORES_MAX,
      },
      {
        figure: `memory, most in ${seconds} s`,
        measured: `${peak_mb.toFixed(0)} MB`,
        target: `<= ${MEMORY_MAX_MB} MB`,
        met: peak_mb <= MEMORY_MAX_MB,
      },
      {
        figure: 'memory, growth over the second half',
        measured: `${growth_mb.toFixed(1)} MB`,
        target: `<= ${GROWTH_MAX_MB} MB`,
        met: growth_mb <= GROWTH_MAX_MB,
      },
      {
        figure: 'memory over the run, in tenths',
        measured: `${series.map((each) => each.toFixed(0)).join(' ')} MB`,
        target: '',
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Resident memory of the processes that were started since. */
function memoryOf(before: ReadonlySet<number>): number {
  const started = descendants().filter(({ pid }) => !before.has(pid));
  return started.reduce((sum, { pid }) => sum + residentMb(pid), 0);
}

function residentMb(pid: number): number {
  const [, kb = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kb) * 1024) / 1e6;
}

/** Means of tenths of the run; from the middle to the end they must not rise. */
function growthOf(samples: readonly number[]): { readonly growth_mb: number; readonly series: readonly number[] } {
  const size = Math.max(1, Math.floor(samples.length / 10));
  const series = Array.from({ length: Math.ceil(samples.length / size) }, (_, i) => {
    const part = samples.slice(i * size, (i + 1) * size);
    return part.reduce((sum, each) => sum + each, 0) / part.length;
  });
  const middle = series[Math.floor(series.length / 2)] ?? 0;
  return { growth_mb: (series.at(-1) ?? 0) - middle, series };
}
