import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, LoadResult } from '../engines/engine.ts';
import type { Stack, StackProcess } from '../infra/backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import { OBSERVATION_FORMAT_VERSION } from '../model/observation/observation.ts';
import type { Observation, ObservedEvent, ObservedPhase, What } from '../model/observation/observation.ts';
import type { Plan } from '../model/plan/plan.ts';
import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { buildWorkload } from './build-workload.ts';
import { CHECKS } from './checks/index.ts';
import { driveLeg } from './drive-leg.ts';
import type { DrivenLeg, LegProgress, LegSoFar } from './drive-leg.ts';
import { Injector } from './faults/injector.ts';
import type { Findings, Site, Watching } from './instruments.ts';
import { joinResults } from './join-results.ts';
import { splitIntoLegs } from './legs.ts';
import { RunError } from './run-error.ts';
import { fileNameOf } from './store/file-name.ts';
import { TierSampler } from './tier-sampler.ts';
import { Timeline } from './timeline.ts';
import { WATCHES } from './watches/index.ts';

export interface RunRequest {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly stack: Stack;
  readonly backend: LocalBackend;
  readonly engine: Engine;
  /** Fraction of the scenario's rates. */
  readonly scale: number;
  readonly seed: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Folder for what the engine would leave beside the result; nothing stays when absent. */
  readonly keep_in?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Every few seconds of load, what was seen until then, as if the run had ended there: no watch and no check has spoken yet. */
  readonly onSoFar?: (observation: Observation) => void;
}

/** How a run goes; about once a second. Times and the rate wanted are of the run. */
export interface RunProgress extends LegProgress {
  /** Faults in force, in words: `crash primary: postgres-1`. */
  readonly faults: readonly string[];
}

/**
 * Runs a scenario on a live stack and returns what was seen. When a process of the stack dies that no fault is about, or the signal aborts, faults
 * are healed, the load stops, and what was seen until then comes back labelled incomplete.
 * @throws RunError when the run cannot begin; EngineError when the engine cannot drive the load.
 */
export async function runScenario(request: RunRequest): Promise<Observation> {
  const scratch = await mkdtemp(join(tmpdir(), 'shop-plan-run-'));
  try {
    return await runWith(request, siteOf(request, join(scratch, 'writes.tsv')));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runWith(request: RunRequest, site: Site): Promise<Observation> {
  const { scenario, stack, signal } = request;
  const workload = await buildWorkload(request.plan, scenario, stack.feeds_dir);
  const legs = splitIntoLegs(scenario, stack);
  const timeline = new Timeline();
  const injector = new Injector(site, (reason) => stop.because(reason));
  const stop = new Stop(injector);
  const sampler = new TierSampler(() => site.backend.processes(stack.name), {
    expects: (process) => injector.expects(process.id),
    onDeath: (process) => stop.because(`${process.id} of tier ${process.tier} died`, process),
  });
  const interrupt = (): void => stop.because('the run was interrupted');
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  const watching: Watching[] = [];
  const driven: DrivenLeg[] = [];
  const total_s = scenarioDuration_s(scenario);
  const ended = (findings: readonly Findings[] = []): Ended => {
    return { request, driven, sampler, timeline, injector, findings, stop };
  };
  try {
    for (const name of scenario.watches) watching.push(await startWatch(name, site));
    sampler.start();
    for (const leg of legs) {
      if (stop.signal.aborted) break;
      const end_s = leg.scheduled_s + leg.phases.reduce((sum, phase) => sum + phase.duration_s, 0);
      const done = await driveLeg(leg, {
        site,
        engine: request.engine,
        workload,
        scale: request.scale,
        offset_s: driven.reduce((sum, { elapsed_s }) => sum + elapsed_s, 0),
        ...(request.keep_in !== undefined && {
          keep_in: join(request.keep_in, fileNameOf(leg.phases[0]?.name ?? 'load')),
        }),
        signal: stop.signal,
        onBegin: () => injector.enter(leg.scheduled_s, end_s),
        onProgress: (progress) => {
          injector.look(progress);
          request.onProgress?.({ ...progress, total_s, faults: injector.inForce });
        },
        ...(request.onSoFar && { onSoFar: (leg) => request.onSoFar?.(observeSoFar(leg, ended())) }),
      });
      driven.push(done);
      const { offset_s, result, ended_at_ms, phases } = done;
      timeline.add({ from_s: offset_s, started_at_ms: result.started_at_ms, ended_at_ms }, phases);
    }
  } finally {
    await injector.heal();
    sampler.stop();
  }
  try {
    const findings = driven.map((each) => withoutCounters(each.findings));
    for (const each of watching) findings.push(await each.finish(timeline));
    for (const name of scenario.checks) {
      if (!stop.signal.aborted) findings.push(await checkOf(name).run(site, stop.signal));
    }
    return assemble(ended(findings));
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

function siteOf({ plan, scenario, stack, backend, seed }: RunRequest, writes_log: string): Site {
  const connections = backend.connections(stack.name);
  if (!connections || !stack.topology)
    throw new RunError(`stack \`${stack.name}\` is not up`, 'look at `shop-plan status`');
  return { plan, scenario, stack, topology: stack.topology, backend, connections, seed, writes_log };
}

function startWatch(name: string, site: Site): Promise<Watching> {
  const watch = WATCHES.get(name);
  if (!watch) throw new RunError(`there is no watch \`${name}\``);
  return watch.start(site);
}

function checkOf(name: string): NonNullable<ReturnType<typeof CHECKS.get>> {
  const check = CHECKS.get(name);
  if (!check) throw new RunError(`there is no check \`${name}\``);
  return check;
}

/** Those of a probe are in its phase already. */
function withoutCounters({ counters: _counters, ...findings }: Findings): Findings {
  return findings;
}

/** Why a run ends early, if it does. Faults are healed before the load stops, so that nothing is left broken if that hangs. */
class Stop {
  readonly #injector: Injector;
  readonly #controller = new AbortController();
  readonly deaths: { readonly at_ms: number; readonly process: StackProcess }[] = [];
  #begun = false;

  constructor(injector: Injector) {
    this.#injector = injector;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  because(reason: string, died?: StackProcess): void {
    if (died) this.deaths.push({ at_ms: Date.now(), process: died });
    if (this.#begun) return;
    this.#begun = true;
    void this.#injector.release().finally(() => this.#controller.abort(reason));
  }
}

interface Ended {
  readonly request: RunRequest;
  readonly driven: readonly DrivenLeg[];
  readonly sampler: TierSampler;
  readonly timeline: Timeline;
  readonly injector: Injector;
  readonly findings: readonly Findings[];
  readonly stop: Stop;
}

function assemble({ request, driven, sampler, timeline, injector, findings, stop }: Ended): Observation {
  const first = driven[0];
  const { aborted, reason } = stop.signal;
  if (!first)
    throw new RunError(`the run ended before any load was sent: ${String(reason)}`, 'look at `shop-plan status`');
  const joined = joinResults(driven.map(({ offset_s, result }) => ({ offset_s, result })));
  const unfinished = findings.find(({ incompleteBecause }) => incompleteBecause !== undefined)?.incompleteBecause;
  const incompleteBecause = aborted ? String(reason) : (joined.incompleteBecause ?? unfinished);
  const complete = joined.complete && !aborted && unfinished === undefined;
  const { faults, events } = injector.observed(timeline);
  const deaths = stop.deaths.map(({ at_ms, process: { tier, id } }): ObservedEvent => {
    return { at_s: timeline.at_s(at_ms), kind: 'process-died', tier, detail: `${id} is gone` };
  });
  const counters = Object.assign({}, ...findings.map((each) => each.counters ?? {}));
  const outages = findings.flatMap((each) => each.outages ?? []);
  const writes = findings.find((each) => each.writes !== undefined)?.writes;
  return {
    formatVersion: OBSERVATION_FORMAT_VERSION,
    what: describe(request, first.result),
    ...joined,
    phases: driven.flatMap(({ phases }) => phases).map((phase) => withFound(phase, findings)),
    tiers: sampledTiers(sampler, driven),
    events: [...deaths, ...events, ...findings.flatMap((each) => each.events ?? [])].toSorted(
      (a, b) => a.at_s - b.at_s,
    ),
    ...(faults.length > 0 && { faults }),
    ...(outages.length > 0 && { outages }),
    ...(writes && { writes }),
    ...(Object.keys(counters).length > 0 && { counters }),
    complete,
    ...(complete || incompleteBecause === undefined ? {} : { incompleteBecause }),
  };
}

/** What was seen until now, a leg under way included. A fault that has not shown yet may still do so. */
function observeSoFar({ offset_s, started_at_ms, phases, seen }: LegSoFar, { driven, ...run }: Ended): Observation {
  const ended_at_ms = Date.now();
  const result = { ...seen, started_at_ms, complete: true };
  const leg = { offset_s, result, phases, elapsed_s: seen.at_s, ended_at_ms, findings: {} };
  const timeline = run.timeline.with({ from_s: offset_s, started_at_ms, ended_at_ms });
  const { faults = [], ...observation } = assemble({ ...run, driven: [...driven, leg], timeline });
  const shown = faults.filter(({ observed_at_s }) => observed_at_s !== undefined);
  return { ...observation, ...(shown.length > 0 && { faults: shown }) };
}

function withFound(phase: ObservedPhase, findings: readonly Findings[]): ObservedPhase {
  const found = findings.map(({ byPhase }) => byPhase?.get(phase.name) ?? {});
  return { ...phase, counters: Object.assign({}, phase.counters, ...found) };
}

function sampledTiers(sampler: TierSampler, driven: readonly DrivenLeg[]): Observation['tiers'] {
  const tiers = new Map<string, Observation['tiers'][number]>();
  for (const { offset_s, result, ended_at_ms } of driven) {
    for (const { tier, series } of sampler.observations(result.started_at_ms, ended_at_ms, offset_s)) {
      tiers.set(tier, { tier, series: [...(tiers.get(tier)?.series ?? []), ...series] });
    }
  }
  return [...tiers.values()];
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
