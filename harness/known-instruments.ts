import type { Instruments } from '../model/scenario/instrument.ts';
import { CHECKS } from './checks/index.ts';
import { PROBES } from './probes/index.ts';
import { WATCHES } from './watches/index.ts';

/** All that scenarios may name. */
export const INSTRUMENTS: Instruments = { probes: PROBES, watches: WATCHES, checks: CHECKS };
