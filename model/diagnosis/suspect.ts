/** A tier that the figures of a run point at, as the cause of what failed. */
export interface Suspect {
  readonly tier: string;
  /** 0 to 1; how much of what is seen it explains. Suspects are in its order, highest first. */
  readonly weight: number;
  /** The figures that point at it, each one sentence; lower case, no full stop. */
  readonly because: readonly string[];
}
