import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { plainStyle } from '../reports/style.ts';
import { table } from '../reports/table.ts';
import { compareEngines } from './engines-agreement.ts';
import { measureCost } from './engines-cost.ts';
import { countInvalid } from './engines-starved.ts';

// How the engines compare, what the open-loop engine costs, and whether a starved generator is found out:
// `node bench/engines.ts [a|b|c]...`, of which
//   a  k6 against open-loop on a server that takes a constant time           [--seconds 10] [--rate 300]
//   b  the open-loop engine against a null server, and its memory over time  [--minutes 3] [--pace 7000]
//   c  starved and healthy runs, judged                                      [--runs 20]

/** One line of a result. */
export interface Figure {
  readonly figure: string;
  readonly measured: string;
  readonly target: string;
  /** Undefined where there is no target. */
  readonly met?: boolean;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '3' },
    pace: { type: 'string', default: '7000' },
    runs: { type: 'string', default: '20' },
  },
});

const PARTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  a: () => compareEngines(Number(values.rate), Number(values.seconds)),
  b: () => measureCost(Number(values.pace), Number(values.minutes) * 60),
  c: () => countInvalid(Number(values.runs)),
};

const load_before = loadavg()[0] ?? 0;
const figures: Figure[] = [];
for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const run = PARTS[part];
  if (!run) throw new Error(`there is no part \`${part}\`; choose of ${Object.keys(PARTS).join(', ')}`);
  figures.push(...(await run()));
}
const columns = ['figure', 'measured', 'target', 'met'].map((title) => ({ title }));
const rows = figures.map(({ figure, measured, target, met }) => [
  figure,
  measured,
  target,
  met === undefined ? '' : met ? 'yes' : 'NO',
]);
process.stdout.write(
  `engines, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load before ${load_before.toFixed(2)}\n` +
    `${table({ columns, rows, width: 110, style: plainStyle })}\n`,
);
if (figures.some(({ met }) => met === false)) process.exitCode = 1;
