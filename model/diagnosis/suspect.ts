/** What the figures of a run point at, as the cause of what failed. */
export interface Suspect {
  /** Id of a tier; or `machine` or `generator`, when the cause is none of the system's. */
  readonly tier: string;
  /** 0 to 1; how much of what is seen it explains. Suspects are in its order, highest first. */
  readonly weight: number;
  /** The figures that point at it, each one sentence; lower case, no full stop. */
  readonly because: readonly string[];
}

/** Names that stand for what is no tier. */
export const MACHINE = 'machine';
export const GENERATOR = 'generator';
