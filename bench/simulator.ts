import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { mmc } from '../model/laws/queueing/mmc.ts';
import { plainStyle } from '../reports/style.ts';
import { table } from '../reports/table.ts';
import { PEERS, installPeers, runPeer, type Peer } from './simulator/peers.ts';
import type { CaseFigures } from './simulator/run-case.ts';

// How fast the simulator is on one core, alone and against others, and what memory it takes: `node bench/simulator.ts`.
const RUNS = 5;
/** Of the plan: the first, one with all that a single application has, and the services. */
const STEPS = [1, 4, 6];
const TARGETS = { events_per_s: 4e6, requests_per_s: 700_000, speed_up: 100, scaled_s: 20, memory_mb: 200 };
/** Mean response time of the two queues that all simulators run: M/M/4 at ρ = 0.8, and Bolch's example 7.4 by its customers. */
const LAW_S = { mmc: mmc(800, 0.004, 4).response_s, network: (0.8 / 0.2 + 0.3 / 0.7 + 0.6 / 0.4 + 0.2 / 0.8) / 4 };
/** Of the peers' runs, so that the slowest is done in seconds. */
const CUSTOMERS = { mmc: 1_000_000, network: 150_000 };

interface Row {
  readonly figure: string;
  readonly measured: string;
  readonly target?: string;
  readonly met?: boolean;
}

function runCase(name: string, ...numbers: readonly number[]): CaseFigures {
  const script = join(import.meta.dirname, 'simulator', 'run-case.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, name, ...numbers.map(String)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  const found: unknown = JSON.parse(stdout);
  return found as CaseFigures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The run with the median time, of several. */
function repeated<T extends { readonly wall_s: number }>(once: () => T, runs = RUNS): T {
  const found = Array.from({ length: runs }, once);
  const middle = median(found.map((each) => each.wall_s));
  return found.find((each) => each.wall_s === middle) ?? once();
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');

function speedRows(): Row[] {
  const cases: readonly (readonly [string, () => CaseFigures])[] = [
    ['M/M/1, ρ = 0.8', () => runCase('mm1', 2_000_000)],
    ['M/M/4, ρ = 0.8', () => runCase('mmc', 2_000_000)],
    ['network of 4 stations', () => runCase('four-stations', 300_000)],
    ['shop, all features, 7,000 req/s', () => runCase('whole-shop', 7000, 60)],
  ];
  return cases.map(([name, once]) => {
    const { events, wall_s, customers } = repeated(once);
    const rate = events / wall_s;
    return {
      figure: `events/s, ${name}`,
      measured: `${thousands(rate)} (${(events / customers).toFixed(1)} a request)`,
      target: `>= ${thousands(TARGETS.events_per_s)}`,
      met: rate >= TARGETS.events_per_s,
    };
  });
}

function shopRows(): Row[] {
  const tiers = repeated(() => runCase('four-tiers', 70_000, 60), 3);
  const rate = tiers.customers / tiers.wall_s;
  return [
    {
      figure: 'requests/s, gateway, app, cache, database',
      measured: thousands(rate),
      target: `>= ${thousands(TARGETS.requests_per_s)}`,
      met: rate >= TARGETS.requests_per_s,
    },
    {
      figure: 'the same for 60 s at 70,000 req/s',
      measured: `${tiers.wall_s.toFixed(1)} s`,
      target: `<= ${TARGETS.scaled_s} s`,
      met: tiers.wall_s <= TARGETS.scaled_s,
    },
    ...STEPS.map(planRow),
  ];
}

function planRow(step: number): Row {
  const { simulated_s, wall_s, events, peak_mb } = repeated(() => runCase('peak', step));
  const speedUp = simulated_s / wall_s;
  return {
    figure: `amazon-shop's peak, step ${step}: simulated over real time`,
    measured: `${speedUp.toFixed(0)} (${thousands(events / wall_s)} events/s, ${peak_mb.toFixed(0)} MB)`,
    target: `>= ${TARGETS.speed_up}`,
    met: speedUp >= TARGETS.speed_up,
  };
}

function memoryRows(): Row[] {
  return [1, 10, 60].map((minutes) => {
    const { peak_mb, customers } = runCase('whole-shop', 2000, minutes * 60);
    return {
      figure: `memory, ${minutes} simulated min, ${thousands(customers)} requests`,
      measured: `${peak_mb.toFixed(0)} MB`,
      target: `<= ${TARGETS.memory_mb} MB`,
      met: peak_mb <= TARGETS.memory_mb,
    };
  });
}

function peerRows(): Row[] {
  const { missing } = installPeers();
  if (missing !== null) return [{ figure: 'SimPy and Ciw', measured: `left out: ${missing}` }];
  const names = Object.keys(PEERS).filter((name): name is Peer => name in PEERS);
  return (['mmc', 'network'] as const).flatMap((model) => {
    const customers = CUSTOMERS[model];
    const title = model === 'mmc' ? 'M/M/4' : 'network of 4 stations';
    const own = repeated(() => runCase(model === 'mmc' ? 'mmc' : 'four-stations', customers));
    const rows: Row[] = [agreement(`${title}, ${thousands(customers)} customers, shop-plan`, own, LAW_S[model])];
    for (const name of names) {
      const peer = repeated(() => runPeer(name, model, customers), 3);
      const ratio = peer.wall_s / peer.customers / (own.wall_s / own.customers);
      rows.push(
        agreement(`${title}, ${name} ${PEERS[name]} (shop-plan ${ratio.toFixed(1)} times as fast)`, peer, LAW_S[model]),
      );
    }
    return rows;
  });
}

function agreement(
  figure: string,
  run: { readonly wall_s: number; readonly customers: number; readonly mean_s: number },
  law_s: number,
): Row {
  const off = run.mean_s / law_s - 1;
  return {
    figure,
    measured: `${thousands(run.customers / run.wall_s)} customers/s, R ${(100 * off).toFixed(1)} %`,
    target: 'R within 5 % of the law',
    met: Math.abs(off) <= 0.05,
  };
}

const load_before = loadavg()[0] ?? 0;
const rows = [...speedRows(), ...shopRows(), ...memoryRows(), ...peerRows()];
const columns = ['figure', 'measured', 'target', 'met'].map((title) => ({ title }));
const cells = rows.map(({ figure, measured, target = '', met }) => [
  figure,
  measured,
  target,
  met === undefined ? '' : met ? 'yes' : 'NO',
]);
process.stdout.write(
  `simulator, one core, medians of ${RUNS}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ` +
    `load before ${load_before.toFixed(2)}\n${table({ columns, rows: cells, width: 120, style: plainStyle })}\n`,
);
