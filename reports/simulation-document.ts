import type { Simulation } from '../model/questions/simulation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block, ReportDocument } from './document.ts';
import { comparisonTable } from './simulation-comparison.ts';
import { stepBlocks } from './simulation-step.ts';

export interface SimulationDocumentOptions {
  /** The details of every step, and plots. */
  readonly full: boolean;
  /** Columns that there are. */
  readonly width: number;
  /** What to type to get the same again. */
  readonly command: string;
}

/** A simulated scenario: several steps side by side first; the details of a single one, or of all on demand. */
export function simulationDocument(simulation: Simulation, options: SimulationDocumentOptions): ReportDocument {
  const { steps } = simulation;
  const heading: Block = { kind: 'heading', text: headingOf(simulation) };
  const [first] = steps;
  if (first && steps.length === 1) return [heading, ...stepBlocks(first, options)];
  const details = steps.flatMap((step): Block[] => [
    { kind: 'heading', text: `Step ${step.step}: ${step.name}` },
    ...stepBlocks(step, options),
  ]);
  return [heading, ...comparisonTable(simulation, options), ...(options.full ? details : [])];
}

function headingOf({ plan, scenario, title, scale, seed, steps }: Simulation): string {
  const load = scale === 1 ? 'at full scale' : `at ${formatNumber(scale)} times its rates`;
  const [first] = steps;
  const where = first && steps.length === 1 ? `${plan}, step ${first.step} (${first.name})` : plan;
  return `${title} (${scenario}) on ${where}: simulated ${load}, seed ${seed}`;
}
