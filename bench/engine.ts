import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureFreeze, type FreezeFigures } from './engine-freeze.ts';
import { measurePace, type PaceFigures } from './engine-pace.ts';
import { plainStyle } from '../reports/style.ts';
import { table } from '../reports/table.ts';

// How well the open-loop engine does what it claims, on this machine: `node bench/engine.ts [--seconds 60] [--rate 7000]`.

interface Row {
  readonly figure: string;
  readonly measured: string;
  readonly target: string;
  /** Undefined where there is no target. */
  readonly met?: boolean;
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;

function paceRows(pace: PaceFigures): Row[] {
  const { send_lag_p50_ms: p50, send_lag_p99_ms: p99, send_lag_max_ms: max } = pace;
  return [
    {
      figure: 'scheduled / sent / dropped',
      measured: `${pace.scheduled} / ${pace.sent} / ${pace.dropped}`,
      target: '',
    },
    { figure: 'send lag p99', measured: `${p99.toFixed(2)} ms`, target: '<= 2 ms', met: p99 <= 2 },
    { figure: 'send lag p50, max', measured: `${p50.toFixed(2)} ms, ${max.toFixed(1)} ms`, target: '' },
    {
      figure: 'worst second against its rate',
      measured: percent(pace.worst_second),
      target: '<= 1 %',
      met: pace.worst_second <= 0.01,
    },
    { figure: 'conservation', measured: pace.conserved ? 'exact' : 'broken', target: 'exact', met: pace.conserved },
    {
      figure: "nginx's count against sent",
      measured: percent(pace.nginx_difference),
      target: 'within 0.1 %',
      met: Math.abs(pace.nginx_difference) <= 0.001,
    },
    {
      figure: 'generator, cores',
      measured: pace.generator_cores.toFixed(2),
      target: '<= 0.5',
      met: pace.generator_cores <= 0.5,
    },
    {
      figure: 'generator, memory',
      measured: `${pace.generator_memory_mb.toFixed(0)} MB`,
      target: '<= 150 MB',
      met: pace.generator_memory_mb <= 150,
    },
    { figure: 'longest collection', measured: `${pace.gc_pause_ms_max.toFixed(1)} ms`, target: '' },
    { figure: 'sockets', measured: String(pace.sockets), target: '' },
  ];
}

function freezeRows(figures: readonly FreezeFigures[]): Row[] {
  return figures.map(({ name, analytic_ms, measured_ms, deviation }) => ({
    figure: `1 s freeze, ${name}`,
    measured: `${measured_ms.toFixed(1)} ms (${percent(deviation)})`,
    target: `${analytic_ms.toFixed(1)} ms within 5 %`,
    met: Math.abs(deviation) <= 0.05,
  }));
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '7000' },
    json: { type: 'boolean', default: false },
  },
});
const load_before = loadavg()[0] ?? 0;
const pace = await measurePace(Number(values.rate), Number(values.seconds));
const freeze = await measureFreeze();
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version, load_before };
if (values.json) {
  const rate_per_s = Number(values.rate);
  process.stdout.write(`${JSON.stringify({ formatVersion: 1, machine, rate_per_s, pace, freeze }, null, 2)}\n`);
} else {
  const columns = ['figure', 'measured', 'target', 'met'].map((title) => ({ title }));
  const rows = [...paceRows(pace), ...freezeRows(freeze)].map(({ figure, measured, target, met }) => [
    figure,
    measured,
    target,
    met === undefined ? '' : met ? 'yes' : 'NO',
  ]);
  process.stdout.write(
    `open-loop engine, ${values.rate} requests/s for ${values.seconds} s, Node ${machine.node}, ` +
      `${machine.cores} cores (${machine.cpu}), load before ${load_before.toFixed(2)}\n${table({ columns, rows, width: 100, style: plainStyle })}\n`,
  );
}
