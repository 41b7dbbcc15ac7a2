import type { LoadFigures, StepSimulation, TierFigures } from '../model/questions/simulation.ts';
import { ELSEWHERE } from '../model/simulator/build/elsewhere.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block, Cell, DataRow, TableBlock } from './document.ts';
import { bareTimeText, countText, rateText, shareText, timeText } from './figure-text.ts';
import { tierName } from './tier-name.ts';

const RIGHT = { align: 'right' as const };

/** What each tier did: how many instances, how busy, how much waits, how long a visit takes; `little` shows how far Little's law is off. */
export function tierBlocks(step: StepSimulation, little: boolean): Block[] {
  const note = "elsewhere: time that requests spend on what is no tier of the plan, such as another company's servers.";
  const isElsewhere = step.tiers.some(({ tier }) => tier === ELSEWHERE);
  return [tiersTable(step, little), ...(isElsewhere ? [{ kind: 'paragraph', text: note, tone: 'dim' } as const] : [])];
}

function tiersTable({ tiers, instabilities }: StepSimulation, little: boolean): TableBlock {
  const isUnstable = ({ tier }: TierFigures): boolean => instabilities.some((each) => each.tier === tier);
  const optional = <T>(cell: T): T[] => (little ? [cell] : []);
  return {
    kind: 'table',
    name: 'tiers',
    columns: [
      { title: 'tier', flexible: true },
      { title: 'has', ...RIGHT },
      { title: 'visits/s', ...RIGHT },
      { title: 'busy', ...RIGHT },
      { title: 'waiting', ...RIGHT },
      { title: 'inside', ...RIGHT },
      { title: 'time inside', ...RIGHT },
      ...optional({ title: 'Little', ...RIGHT }),
    ],
    rows: tiers.map((tier) => [
      isUnstable(tier) ? { text: `! ${tier.tier}`, tone: 'bad' } : tierName(tier.tier),
      tier.tier === ELSEWHERE ? '' : formatNumber(tier.instances),
      rateText(tier.throughput_per_s),
      tier.tier === ELSEWHERE ? '' : shareText(tier.utilisation),
      countText(tier.waiting),
      countText(tier.inside),
      bareTimeText(tier.residence_s),
      ...optional(shareText({ value: tier.littleError })),
    ]),
    data: tiers.map((tier) => ({
      tier: tier.tier,
      kind: tier.kind,
      instances: tier.instances,
      servers: tier.servers,
      throughput_per_s: tier.throughput_per_s.value,
      utilisation: tier.utilisation.value,
      waiting: tier.waiting.value,
      inside: tier.inside.value,
      residence_s: tier.residence_s.value,
      littleError: tier.littleError,
      unstable: isUnstable(tier),
    })),
  };
}

/** What users of each kind of request met. */
export function classesTable({ classes, all }: StepSimulation): TableBlock {
  const rows = classes.length === 1 ? classes : [...classes, { class: 'all', ...all }];
  return {
    kind: 'table',
    name: 'classes',
    columns: [
      { title: 'class', flexible: true },
      { title: 'ok/s', ...RIGHT },
      { title: 'errors', ...RIGHT },
      { title: 'mean', ...RIGHT },
      { title: 'p50', ...RIGHT },
      { title: 'p95', ...RIGHT },
      { title: 'p99', ...RIGHT },
    ],
    rows: rows.map((row) => [row.class, ...figureCells(row)]),
    data: rows.map((row) => ({ class: row.class, ...figureData(row) })),
  };
}

function figureCells({ throughput_per_s, error_share, mean_s, p50_s, p95_s, p99_s }: LoadFigures): Cell[] {
  return [
    rateText(throughput_per_s),
    shareText(error_share, 2),
    bareTimeText(mean_s),
    bareTimeText(p50_s),
    timeText(p95_s),
    timeText(p99_s),
  ];
}

function figureData(figures: LoadFigures): DataRow {
  return {
    throughput_per_s: figures.throughput_per_s?.value ?? null,
    error_share: figures.error_share?.value ?? null,
    mean_s: figures.mean_s?.value ?? null,
    p50_s: figures.p50_s?.value ?? null,
    p95_s: figures.p95_s?.value ?? null,
    p95_halfWidth95_s: figures.p95_s?.halfWidth95 ?? null,
    p99_s: figures.p99_s?.value ?? null,
    p99_halfWidth95_s: figures.p99_s?.halfWidth95 ?? null,
  };
}

/** More events than this are told on demand only. */
const EVENTS_SHOWN = 12;

/** What happened when: faults, failovers, scaling; nothing when nothing did. */
export function timelineBlocks({ timeline, replications }: StepSimulation, full: boolean): Block[] {
  if (timeline.length === 0) return [];
  const shown = full ? timeline : timeline.slice(0, EVENTS_SHOWN);
  const left = timeline.length - shown.length;
  const table: TableBlock = {
    kind: 'table',
    name: 'timeline',
    columns: [{ title: 'at', ...RIGHT }, { title: 'what' }, { title: 'tier' }, { title: 'detail', flexible: true }],
    rows: shown.map(({ at_s, kind, tier = '', detail }) => [`${formatNumber(at_s, 5)} s`, kind, tier, detail]),
    data: timeline.map(({ at_s, kind, tier = null, detail }) => ({ at_s, kind, tier, detail })),
  };
  const said = [
    ...(left > 0 ? [`${formatNumber(left)} more; \`--full\` lists them.`] : []),
    ...(replications > 1 ? ['As in the first replication.'] : []),
  ];
  const note: Block = { kind: 'paragraph', text: said.join(' '), tone: 'dim' };
  return [table, ...(said.length > 0 ? [note] : [])];
}
