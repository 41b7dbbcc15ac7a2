import type { PhaseFigures, StepSimulation } from '../model/questions/simulation.ts';
import type { Block, TableBlock } from './document.ts';
import { bareTimeText, rateText, shareText } from './figure-text.ts';

const RIGHT = { align: 'right' as const };

/** What came of each phase, where there is more than one that is judged, or on demand. */
export function phaseBlocks({ phases }: StepSimulation, full: boolean): Block[] {
  return full || phases.filter(({ judged }) => judged).length > 1 ? [phasesTable(phases)] : [];
}

function phasesTable(phases: readonly PhaseFigures[]): TableBlock {
  return {
    kind: 'table',
    name: 'phases',
    columns: [
      { title: 'phase', flexible: true },
      { title: 'judged' },
      { title: 'ok/s', ...RIGHT },
      { title: 'errors', ...RIGHT },
      { title: 'p50', ...RIGHT },
      { title: 'p95', ...RIGHT },
      { title: 'p99', ...RIGHT },
    ],
    rows: phases.map(({ phase, judged, throughput_per_s, error_share, p50_s, p95_s, p99_s }) => [
      phase,
      judged ? 'yes' : 'no',
      rateText(throughput_per_s),
      shareText(error_share, 2),
      bareTimeText(p50_s),
      bareTimeText(p95_s),
      bareTimeText(p99_s),
    ]),
    data: phases.map(({ phase, judged, start_s, end_s, ...figures }) => ({
      phase,
      judged,
      start_s,
      end_s,
      throughput_per_s: figures.throughput_per_s.value,
      error_share: figures.error_share?.value ?? null,
      p50_s: figures.p50_s?.value ?? null,
      p95_s: figures.p95_s?.value ?? null,
      p99_s: figures.p99_s?.value ?? null,
    })),
  };
}
