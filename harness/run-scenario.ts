import type { Engine, LoadResult, Progress, Watch } from '../engines/engine.ts';
import type { Stack, StackProcess } from '../infra/backend.ts';
import { OBSERVATION_FORMAT_VERSION } from '../model/observation/observation.ts';
import type { Observation, ObservedEvent, ObservedPhase, What } from '../model/observation/observation.ts';
import type { Plan } from '../model/plan/plan.ts';
import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario, ScenarioPhase } from '../model/scenario/scenario.ts';
import { withBursts } from '../model/workload/bursts.ts';
import { meanRate_per_s, scaledPiece } from '../model/workload/cumulative-rate.ts';
import type { SchedulePhase, Workload } from '../model/workload/workload.ts';
import { buildWorkload } from './build-workload.ts';
import { difference, readCounters } from './counters.ts';
import type { Counters } from './counters.ts';
import { joinResults } from './join-results.ts';
import { RunError } from './run-error.ts';
import { TierSampler } from './tier-sampler.ts';

const DRAIN_S = 10;

export interface RunRequest {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly stack: Stack;
  readonly engine: Engine;
  /** Fraction of the scenario's rates. */
  readonly scale: number;
  readonly seed: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Consecutive phases that drive the same place over as many connections: one job for the engine. */
interface Leg {
  readonly base_url: string;
  /** Those that the generator may open; in a closed loop one for each user. */
  readonly connections: number;
  readonly phases: readonly ScenarioPhase[];
  /** Where the leg begins on the scenario's own time line. */
  readonly offset_s: number;
}

/**
 * Runs a scenario on a live stack and returns what was seen. When a process of the stack dies or the signal aborts, the
 * load stops, and what was seen until then comes back labelled incomplete.
 * @throws RunError when the run cannot begin; EngineError when the engine cannot drive the load.
 */
export async function runScenario(request: RunRequest): Promise<Observation> {
  const { plan, scenario, stack } = request;
  const workload = await buildWorkload(plan, scenario, stack.feeds_dir);
  const legs = splitIntoLegs(scenario, stack);
  const stop = new AbortController();
  const events: { at_ms: number; event: Omit<ObservedEvent, 'at_s'> }[] = [];
  const onDeath = (process: StackProcess): void => {
    const event = { kind: 'process-died', tier: process.tier, detail: `${process.id} is gone` };
    events.push({ at_ms: Date.now(), event });
    stop.abort(`${process.id} of tier ${process.tier} died`);
  };
  const onAbort = (): void => stop.abort('the run was interrupted');
  if (request.signal?.aborted) onAbort();
  request.signal?.addEventListener('abort', onAbort, { once: true });
  const sampler = new TierSampler(stack, onDeath);
  const driven: DrivenLeg[] = [];
  sampler.start();
  try {
    for (const leg of legs) {
      if (stop.signal.aborted) break;
      driven.push(await driveLeg(request, workload, leg, stop.signal));
    }
  } finally {
    sampler.stop();
    request.signal?.removeEventListener('abort', onAbort);
  }
  return assemble(request, driven, sampler, events, stop.signal);
}

function splitIntoLegs(scenario: Scenario, stack: Stack): Leg[] {
  const legs: (Leg & { phases: ScenarioPhase[] })[] = [];
  let offset_s = 0;
  for (const phase of scenario.phases) {
    const base_url = phase.target === undefined ? stack.base_url : urlOf(stack, phase.target);
    const last = legs.at(-1);
    const connections = phase.closed?.users ?? scenario.connections;
    if (last?.base_url === base_url && last.connections === connections) last.phases.push(phase);
    else legs.push({ base_url, connections, phases: [phase], offset_s });
    offset_s += phase.duration_s;
  }
  return legs;
}

function urlOf(stack: Stack, tier: string): string {
  const process = stack.processes.find((candidate) => candidate.tier === tier);
  if (!process)
    throw new RunError(`step ${stack.step} runs no tier \`${tier}\``, 'choose a step that has it with `--step`');
  return `http://127.0.0.1:${process.port}`;
}

interface DrivenLeg {
  readonly leg: Leg;
  readonly result: LoadResult;
  readonly phases: readonly ObservedPhase[];
  readonly ended_at_ms: number;
}

async function driveLeg(request: RunRequest, workload: Workload, leg: Leg, signal: AbortSignal): Promise<DrivenLeg> {
  const { scenario, engine, seed, scale, stack } = request;
  const borders: Promise<Counters>[] = [];
  const watch: Watch = {
    signal,
    onPhase: () => borders.push(readCounters(stack)),
    onProgress: (progress) => request.onProgress?.(onTimeLine(progress, leg, scenario)),
  };
  const phases = schedulePhases(scenario, leg, scale, seed);
  const process = scenario.process.kind === 'uniform' ? 'uniform' : 'poisson';
  const result = await engine.run(
    {
      base_url: leg.base_url,
      workload,
      schedule: { process, phases, seed },
      connections: leg.connections,
      in_flight_cap: scenario.inFlightCap,
      drain_s: DRAIN_S,
    },
    watch,
  );
  const counters = await Promise.all(borders);
  return { leg, result, phases: observePhases(leg, phases, counters), ended_at_ms: Date.now() };
}

/** What the engine is to drive, bursts drawn. */
function schedulePhases(scenario: Scenario, leg: Leg, scale: number, seed: number): SchedulePhase[] {
  const phases = leg.phases.map(({ name, duration_s, judged, pieces }) => ({
    name,
    duration_s,
    judged,
    pieces: pieces.map((piece) => scaledPiece(piece, scale)),
  }));
  return withBursts(phases, scenario.process, seed);
}

function onTimeLine(progress: Progress, leg: Leg, scenario: Scenario): Progress {
  return { ...progress, at_s: progress.at_s + leg.offset_s, total_s: scenarioDuration_s(scenario) };
}

/** Counters are read when a phase begins and once after the last; an interrupted leg has fewer readings. */
function observePhases(leg: Leg, phases: readonly SchedulePhase[], borders: readonly Counters[]): ObservedPhase[] {
  let start_s = leg.offset_s;
  return phases.map((phase, index) => {
    const end_s = start_s + phase.duration_s;
    const [before, after] = [borders[index], borders[index + 1]];
    const target_rate_per_s = meanRate_per_s(phase);
    const counters = before && after ? difference(before, after) : {};
    const observed = { name: phase.name, start_s, end_s, judged: phase.judged, target_rate_per_s, counters };
    start_s = end_s;
    return observed;
  });
}

function assemble(
  request: RunRequest,
  driven: readonly DrivenLeg[],
  sampler: TierSampler,
  events: readonly { at_ms: number; event: Omit<ObservedEvent, 'at_s'> }[],
  stopped: AbortSignal,
): Observation {
  const first = driven[0];
  if (!first)
    throw new RunError(
      `the run ended before any load was sent: ${String(stopped.reason)}`,
      'look at `shop-plan status`',
    );
  const joined = joinResults(driven.map(({ leg, result }) => ({ offset_s: leg.offset_s, result })));
  const tiers = new Map<string, Observation['tiers'][number]>();
  for (const { leg, result, ended_at_ms } of driven) {
    for (const { tier, series } of sampler.observations(result.started_at_ms, ended_at_ms, leg.offset_s)) {
      tiers.set(tier, { tier, series: [...(tiers.get(tier)?.series ?? []), ...series] });
    }
  }
  const incompleteBecause = stopped.aborted ? String(stopped.reason) : joined.incompleteBecause;
  const complete = joined.complete && !stopped.aborted;
  return {
    formatVersion: OBSERVATION_FORMAT_VERSION,
    what: describe(request, first.result),
    ...joined,
    phases: driven.flatMap(({ phases }) => phases),
    tiers: [...tiers.values()],
    events: events.map(({ at_ms, event }) => ({ at_s: (at_ms - first.result.started_at_ms) / 1000, ...event })),
    complete,
    ...(complete || incompleteBecause === undefined ? {} : { incompleteBecause }),
  };
}

function describe({ plan, scenario, stack, scale, seed, engine, environment }: RunRequest, result: LoadResult): What {
  return {
    plan: plan.name,
    step: stack.step,
    scenario: scenario.name,
    scale,
    seed,
    executor: 'live',
    engine: engine.name,
    profile: 'machine',
    startedAt: new Date(result.started_at_ms).toISOString(),
    environment,
  };
}
