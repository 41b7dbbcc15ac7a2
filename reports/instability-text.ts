import type { StepSimulation, TierInstability } from '../model/questions/simulation.ts';

/** One line for each tier that could not keep up, with the worst of its phases. */
export function instabilityLines({ instabilities, replications }: StepSimulation): string[] {
  return [...Map.groupBy(instabilities, ({ tier }) => tier).values()].flatMap((phases) => {
    const worst = worstOf(phases);
    if (!worst) return [];
    const where = phases.map(({ phase }) => phase).join(', ');
    const often = worst.replications === replications ? '' : ` (${worst.replications} of ${replications} replications)`;
    return [`unstable: \`${worst.tier}\` in ${where}${often}: ${worst.because}`];
  });
}

function worstOf(phases: readonly TierInstability[]): TierInstability | undefined {
  return phases.toSorted((a, b) => b.offeredUtilisation - a.offeredUtilisation)[0];
}
