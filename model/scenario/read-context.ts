import type { Node, Source } from '../document/source.ts';
import type { Values } from '../plan/compute.ts';
import type { Plan } from '../plan/plan.ts';
import type { Dimension } from '../units/dimension.ts';
import type { ProbeInstrument } from './instrument.ts';

/** What the parts of a scenario are read with. */
export interface ScenarioContext {
  readonly source: Source;
  readonly plan: Plan;
  readonly values: Values;
  /** Of the plan's quantities. */
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly engine: string;
  /** An engine that holds no rate: a closed loop. */
  readonly closed: boolean;
  /** Engines that are the other kind. */
  readonly otherEngines: readonly string[];
  readonly connections: number;
  /** The text of a trace file beside the scenario; undefined when there is none. */
  readonly readTrace: (file: string) => string | undefined;
  readonly probes: ReadonlyMap<string, ProbeInstrument>;
}

/** Keys of a mapping, with what was not there left out. */
export type Fields = Readonly<Record<string, Node>>;
