import { classByHand, observationByHand } from '../../../model/judge/observation-by-hand.ts';
import { createRandom } from '../../../model/random/random.ts';
import type { SimulationOptions, SimulationRun } from '../../../model/simulator/run.ts';
import type { System } from '../../../model/simulator/system.ts';
import type { Load } from '../../../model/simulator/load.ts';
import { serveSimulations } from '../serve-simulations.ts';

/** What the first phase of a load is called says what the fake does with it. */
serveSimulations((_system: System, load: Load, options: SimulationOptions): SimulationRun => {
  switch (load.phases[0]?.name) {
    case 'dies':
      return process.exit(7);
    case 'throws':
      throw new RangeError('no such tier: 9');
    case 'never-ends':
      for (let now_s = 0; ; now_s += 1e-6) if (options.onProgress?.({ now_s, events: 1 })) return runOf(options);
    default:
      return runOf(options);
  }
});

/** Twenty response times around 50 ms that follow from the seed. */
function runOf({ seed, what, warmUp_s }: SimulationOptions): SimulationRun {
  const random = createRandom(seed, 'fake');
  const latencies = Array.from({ length: 20 }, () => [40_000 + random.below(20_000), 50] as const);
  const observation = observationByHand([classByHand({ latencies })], { what });
  return {
    observation,
    events: 1000 + warmUp_s,
    stations: [],
    instabilities: [],
    batches: latencies.map(([us, requests]) => ({ requests, mean_s: us * 1e-6 })),
  };
}
