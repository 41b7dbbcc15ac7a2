import { isCriterionProblem, parseCriterion } from '../../model/judge/criterion.ts';
import type { Verdict } from '../../model/judge/judge.ts';
import type { Status } from '../../model/judge/outcome.ts';
import type {
  Figure,
  LoadFigures,
  PhaseFigures,
  Simulation,
  StepSimulation,
  TierFigures,
} from '../../model/questions/simulation.ts';

function figure(value: number, halfWidth95: number | null = value / 100): Figure {
  return { value, halfWidth95 };
}

/** For tests: response times of 10 ms at the median, and ten times that at p99. */
export function loadByHand(change: Partial<LoadFigures> = {}): LoadFigures {
  return {
    throughput_per_s: figure(6944.4),
    error_share: figure(0.00042),
    mean_s: figure(0.0151),
    p50_s: figure(0.0102),
    p95_s: figure(0.0523),
    p99_s: figure(0.1012),
    ...change,
  };
}

export function phaseByHand(phase: string, change: Partial<PhaseFigures> = {}): PhaseFigures {
  return {
    phase,
    judged: true,
    start_s: 45,
    end_s: 105,
    throughput_per_s: figure(6944.4, null),
    error_share: figure(0.00042, null),
    p50_s: figure(0.0102, null),
    p95_s: figure(0.0523, null),
    p99_s: figure(0.1012, null),
    ...change,
  };
}

export function tierByHand(tier: string, utilisation: number, change: Partial<TierFigures> = {}): TierFigures {
  return {
    tier,
    kind: 'express',
    instances: 9,
    servers: 4,
    throughput_per_s: figure(6944.4),
    utilisation: figure(utilisation),
    waiting: figure(12.3),
    inside: figure(45.6),
    residence_s: figure(0.00657),
    littleError: 0.0002,
    ...change,
  };
}

/** For tests: a verdict on a criterion, measured as `value` ± 1 %. */
export function verdictByHand(text: string, status: Status, value: number): Verdict {
  const criterion = parseCriterion(text);
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  const interval95 = { low: value * 0.99, high: value * 1.01 };
  const window = { phases: ['peak'], start_s: 45, end_s: 105 };
  const measurement = { value, unit: 's' as const, samples: 416_664, interval95, censored: false, window };
  const because = status === 'PASS' ? 'it is below' : 'it is not below';
  return { criterion, status, measurement, because };
}

/** For tests: five replications of a step that passes. */
export function stepByHand(change: Partial<StepSimulation> = {}): StepSimulation {
  return {
    step: 2,
    name: 'A Redis cache in front of the database',
    judgement: { outcome: 'PASS', verdicts: [verdictByHand('p95(latency) < 500 ms', 'PASS', 0.0523)], validity: [] },
    replications: 5,
    precision: 0.012,
    precisionAsked: null,
    duration_s: 105,
    warmUp_s: 0,
    events: 18_400_000,
    all: loadByHand(),
    phases: [phaseByHand('ramp', { judged: false, start_s: 0, end_s: 45 }), phaseByHand('peak')],
    classes: [
      { class: 'search', ...loadByHand() },
      { class: 'checkout', ...loadByHand({ p99_s: null }) },
    ],
    tiers: [tierByHand('app', 0.77), tierByHand('database', 0.62, { kind: 'postgres', instances: 1 })],
    counters: {
      per_s: { 'cache.hits': 5555.5, 'database.queries': 12_345 },
      per_replication: { 'database.writes_lost': 0 },
      mean_age_s: {},
    },
    instabilities: [],
    timeline: [],
    totals: {
      scheduled: 3_645_810,
      sent: 3_645_810,
      dropped: 0,
      ok: 3_644_279,
      http_error: 1400,
      timeout: 131,
      reset: 0,
      in_flight_at_end: 0,
    },
    warnings: [],
    notes: [],
    ...change,
  };
}

/** For tests: the peak on the given steps. */
export function simulationByHand(...steps: readonly StepSimulation[]): Simulation {
  return {
    formatVersion: 1,
    kind: 'simulation',
    plan: 'amazon-shop',
    scenario: 'peak',
    title: "The documents' peak",
    scale: 1,
    seed: 42,
    steps: steps.length > 0 ? steps : [stepByHand()],
  };
}
