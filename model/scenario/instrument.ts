/**
 * What a scenario may put beside its load on live servers: a **probe** drives a phase in a way of its own, a **watch** looks on while load
 * runs, a **check** reads afterwards what the run has left. Each is known here by what a scenario may say of it.
 */
export interface Instrument {
  readonly name: string;
  /** One line: what it finds out. */
  readonly title: string;
  /**
   * Request classes of its own, which metrics may name as they name the plan's. Each has a dot in it, as in `replica.lag`, which tells them from
   * a plan's request classes.
   */
  readonly classes: readonly string[];
  /** Counters that it adds, e.g. `writes.lost`. */
  readonly counters: readonly string[];
}

/** A probe takes parameters, under `with` of its phase. */
export interface ProbeInstrument extends Instrument {
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** What a parameter may be; `otherwise` where a scenario leaves it out, and undefined where it may not. */
export type Parameter =
  | { readonly kind: 'count'; readonly otherwise?: number; readonly about: string }
  | { readonly kind: 'time'; readonly otherwise?: number; readonly about: string }
  | { readonly kind: 'share'; readonly otherwise?: number; readonly about: string }
  | { readonly kind: 'word'; readonly among: readonly string[]; readonly otherwise?: string; readonly about: string };

/** By name: counts, seconds, shares from 0 to 1, words. All that the probe has, those left out with what they are then. */
export type Parameters = Readonly<Record<string, number | string>>;

/** Everything that scenarios may name, by name. */
export interface Instruments {
  readonly probes: ReadonlyMap<string, ProbeInstrument>;
  readonly watches: ReadonlyMap<string, Instrument>;
  readonly checks: ReadonlyMap<string, Instrument>;
}

export const NO_INSTRUMENTS: Instruments = { probes: new Map(), watches: new Map(), checks: new Map() };

/** Request classes of instruments have a dot in their names; those of a plan have none. */
export function isInstrumentClass(name: string): boolean {
  return name.includes('.');
}
