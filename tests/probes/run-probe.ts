import { ENGINES } from '../../engines/index.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';

interface Place {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly backend: LocalBackend;
}

/** Runs a scenario of one phase, which a probe drives; `parameters` as under `with`. */
export async function runProbe(place: Place, name: string, parameters: string): Promise<Observation> {
  const phase = `{ name: probed, duration: 30 s, probe: ${name}, with: { ${parameters} } }`;
  const text = `scenario: probed\nplan: ${place.plan.name}\nphases:\n  - ${phase}\n`;
  const engines = new Map([...ENGINES].map(([id, { claims }]) => [id, claims.paces]));
  const scenario = readScenario('probed.yaml', text, place.plan, engines, { instruments: INSTRUMENTS });
  const engine = ENGINES.get('open-loop');
  if (!engine) throw new Error('there is no open-loop engine');
  return await runScenario({ ...place, scenario, engine, scale: 1, seed: 1, environment: {} });
}

/** What the probe counted. */
export function counted({ phases }: Observation, name: string): number | undefined {
  return phases[0]?.counters[name];
}
