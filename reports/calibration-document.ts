import type {
  Calibration,
  ClassCalibration,
  Estimate,
  Quietness,
  SweepPoint,
} from '../model/calibration/calibration.ts';
import { isNear } from '../model/calibration/compare.ts';
import type { PredictionRow } from '../model/calibration/compare.ts';
import { scalabilityOf } from '../model/calibration/scalability.ts';
import { uslPeakThroughput_per_s } from '../model/laws/scalability/usl.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block, ReportDocument, TableBlock } from './document.ts';
import { predictionTable } from './prediction-table.ts';

const right = 'right' as const;
const DIGITS = 3;

/** What a calibration found: demands by class and tier, what the sweep showed, and whether the machine was quiet. */
export function calibrationDocument(calibration: Calibration): ReportDocument {
  const { plan, step, cores, took_s, startedAt } = calibration;
  return [
    { kind: 'heading', text: `${plan} step ${step} on this machine: processor time of a request, in ms` },
    ...quietness(calibration.quiet, cores),
    demandTable(calibration),
    { kind: 'heading', text: `The mix at growing load, ${formatNumber(cores)} cores` },
    sweepTable(calibration),
    {
      kind: 'paragraph',
      text: `${scalabilityText(calibration)} Measured from ${startedAt} on, in ${Math.round(took_s)} s. ± is half of a 95 % interval.`,
    },
  ];
}

/** How near the predictions of a calibration came to loads that were driven afterwards. */
export function checkDocument(
  calibration: Calibration,
  rows: readonly PredictionRow[],
  quiet: Quietness,
): ReportDocument {
  const { plan, step, cores } = calibration;
  const promised = rows.filter(({ within }) => within !== null);
  const near = promised.filter(isNear).length;
  return [
    { kind: 'heading', text: `${plan} step ${step}: predicted by its calibration, and measured` },
    ...quietness(quiet, cores),
    predictionTable(rows),
    { kind: 'paragraph', text: `${near} of ${promised.length} predictions came as near as they should.` },
    ...(calibration.quiet.ok ? [] : quietness(calibration.quiet, cores, 'The calibration itself is ')),
  ];
}

function quietness(quiet: Quietness, cores: number, lead = ''): Block[] {
  if (quiet.ok) return [];
  const share = formatNumber((quiet.foreign_cores / cores) * 100, 2);
  const text = `${lead}INVALID: others used ${share} % of this machine meanwhile (${formatNumber(quiet.foreign_cores, 2)} of ${cores} cores, ${formatNumber(quiet.foreign_cores_max, 2)} at most). Processor times are still about right, response times are not. End what else runs and calibrate again.`;
  return [{ kind: 'paragraph', text, tone: 'warn' }];
}

function demandTable({ tiers, classes }: Calibration): TableBlock {
  const titles = [...tiers.map(({ tier }) => tier), 'generator', 'mean alone'];
  return {
    kind: 'table',
    name: 'demands',
    columns: [{ title: 'class' }, ...titles.map((title) => ({ title, align: right }))],
    rows: classes.map((each) => [
      each.class,
      ...tiers.map(({ tier }) => msText(demandOf(each, tier))),
      msText(each.generator_s),
      `${formatNumber(each.response.mean_s * 1000, DIGITS)} ms`,
    ]),
    data: classes.flatMap((each) =>
      each.demands.map(({ tier, cpu_s, written_bytes, read_bytes }) => ({
        class: each.class,
        tier,
        cpu_s: cpu_s.value,
        half_width95_s: cpu_s.halfWidth95,
        written_bytes: written_bytes ?? null,
        read_bytes: read_bytes ?? null,
      })),
    ),
  };
}

function demandOf({ demands }: ClassCalibration, tier: string): Estimate | undefined {
  return demands.find((each) => each.tier === tier)?.cpu_s;
}

/** In ms: `0.59±0.02`. */
function msText(estimate: Estimate | undefined): string {
  if (!estimate) return '-';
  const { value, halfWidth95 } = estimate;
  const half = halfWidth95 < Infinity ? `±${formatNumber(halfWidth95 * 1000, 1)}` : '';
  return `${formatNumber(value * 1000, DIGITS)}${half}`;
}

function sweepTable({ sweep, cores, tiers }: Calibration): TableBlock {
  const titles = ['req/s', 'machine', ...tiers.map(({ tier }) => tier), 'generator', 'others', 'mean', 'p95'];
  const percent = (used: number): string => `${formatNumber((used / cores) * 100, DIGITS)} %`;
  const ms = (time_s: number): string => `${formatNumber(time_s * 1000, DIGITS)} ms`;
  const coresAt = ({ tiers: used }: SweepPoint, tier: string): number =>
    used.find((each) => each.tier === tier)?.cores ?? 0;
  const machine = (point: SweepPoint): number =>
    point.tiers.reduce((sum, { cores: used }) => sum + used, point.generator_cores);
  return {
    kind: 'table',
    name: 'sweep',
    columns: titles.map((title) => ({ title, align: right })),
    rows: sweep.map((point) => [
      formatNumber(Math.round(point.throughput_per_s)),
      percent(machine(point)),
      ...tiers.map(({ tier }) => percent(coresAt(point, tier))),
      percent(point.generator_cores),
      percent(point.foreign_cores),
      ms(point.response.mean_s),
      ms(point.response.p95_s),
    ]),
    data: sweep.map((point) => ({
      requests_per_s: point.throughput_per_s,
      utilisation: machine(point) / cores,
      foreign_cores: point.foreign_cores,
      mean_s: point.response.mean_s,
      p95_s: point.response.p95_s,
    })),
  };
}

function scalabilityText(calibration: Calibration): string {
  const fit = scalabilityOf(calibration);
  if (!fit) return 'The sweep has too few points for the Universal Scalability Law.';
  const most = uslPeakThroughput_per_s(fit);
  const peak = most < Infinity ? `, at most ${formatNumber(Math.round(most))} req/s` : '';
  return `Universal Scalability Law: contention σ ${formatNumber(fit.sigma, 2)}, coherency κ ${formatNumber(fit.kappa, 2)}${peak}.`;
}
