import type { StepSimulation, TierInstability } from '../model/questions/simulation.ts';

/** One line for each tier that could not keep up, with the worst of its phases, and the scenario's faults on it. */
export function instabilityLines({ instabilities, replications }: StepSimulation): string[] {
  return [...Map.groupBy(instabilities, ({ tier }) => tier).values()].flatMap((phases) => {
    const worst = worstOf(phases);
    if (!worst) return [];
    const where = phases.map(({ phase }) => phase).join(', ');
    const often = worst.replications === replications ? '' : ` (${worst.replications} of ${replications} replications)`;
    const faults = [...new Set(phases.flatMap((each) => each.faults))];
    const fault = faults.length === 0 ? '' : `; the scenario's fault (${faults.join(', ')}) is on it then`;
    return [`unstable: \`${worst.tier}\` in ${where}${often}: ${worst.because}${fault}`];
  });
}

/** What to do about all of them; what a fault of the scenario does is meant to happen. */
export function instabilityHelp({ instabilities }: StepSimulation): string {
  const help = 'the figures depend on how long the scenario lasts';
  return instabilities.every(({ faults }) => faults.length > 0)
    ? `${help}, and its faults`
    : `${help}; add capacity or offer less`;
}

function worstOf(phases: readonly TierInstability[]): TierInstability | undefined {
  return phases.toSorted((a, b) => b.offeredUtilisation - a.offeredUtilisation)[0];
}
