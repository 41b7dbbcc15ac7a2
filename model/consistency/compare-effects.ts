/** Something that was to happen so often, and how often it did. */
export interface Effect {
  /** E.g. `notification`. */
  readonly what: string;
  /** Of what, e.g. `order 17, order.placed`. */
  readonly of: string;
  readonly expected: number;
  readonly found: number;
}

export interface EffectFindings {
  /** All that were to happen. */
  readonly expected: number;
  readonly missing: readonly Effect[];
  readonly duplicated: readonly Effect[];
  /** How many are missing, and how many there are too many; one account may lack several. */
  readonly missing_count: number;
  readonly duplicated_count: number;
}

/** Whether each effect happened exactly as often as it was to. What one has too many makes good for nothing that another lacks. */
export function compareEffects(effects: readonly Effect[]): EffectFindings {
  const missing = effects.filter(({ expected, found }) => found < expected);
  const duplicated = effects.filter(({ expected, found }) => found > expected);
  const gap = ({ expected, found }: Effect): number => Math.abs(found - expected);
  return {
    expected: sum(effects, ({ expected }) => expected),
    missing,
    duplicated,
    missing_count: sum(missing, gap),
    duplicated_count: sum(duplicated, gap),
  };
}

function sum(effects: readonly Effect[], of: (effect: Effect) => number): number {
  return effects.reduce((total, effect) => total + of(effect), 0);
}
