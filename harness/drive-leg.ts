import type { Engine, LoadResult, Progress, SoFar, Watch } from '../engines/engine.ts';
import type { ObservedPhase } from '../model/observation/observation.ts';
import { requestsPerJourney } from '../model/scenario/journey.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { withBursts } from '../model/workload/bursts.ts';
import { rateAt_per_s, scaledPiece } from '../model/workload/cumulative-rate.ts';
import type { SchedulePhase, Workload } from '../model/workload/workload.ts';
import { isRecorded } from './build-workload.ts';
import { difference, readCounters } from './counters.ts';
import type { Reading } from './counters.ts';
import type { Findings, Site } from './instruments.ts';
import type { Leg } from './legs.ts';
import { observePhases, observePhasesUntil } from './observe-phases.ts';
import { PROBES } from './probes/index.ts';
import { Recorder } from './probes/recorder.ts';
import { RunError } from './run-error.ts';

const DRAIN_S = 10;
/** Seldom enough not to disturb what is measured: on two cores every 5 s took p99 of the send lag from 10 to 44 ms, every 15 s left it. */
const SO_FAR_EVERY_S = 15;

export interface LegRequest {
  readonly site: Site;
  readonly engine: Engine;
  readonly workload: Workload;
  readonly scale: number;
  /** Where the leg begins on the run's own time line. */
  readonly offset_s: number;
  /** Folder for what the engine would leave beside the result. */
  readonly keep_in?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LegProgress) => void;
  /** Called every `SO_FAR_EVERY_S` while an engine drives; not at all where nobody asks. */
  readonly onSoFar?: (leg: LegSoFar) => void;
  /** Called when the first request of the leg is due. */
  readonly onBegin: () => void;
}

export interface DrivenLeg {
  readonly offset_s: number;
  readonly result: LoadResult;
  readonly phases: readonly ObservedPhase[];
  /** Scenario time that it took. */
  readonly elapsed_s: number;
  readonly ended_at_ms: number;
  readonly findings: Findings;
}

/** `at_s` is of the run. */
export interface LegProgress extends Progress {
  /** Requests a second that the schedule wants now; 0 for a closed loop or a probe. */
  readonly target_per_s: number;
}

/** A leg under way, its phases until now. */
export interface LegSoFar extends Pick<DrivenLeg, 'offset_s' | 'phases'> {
  readonly seen: SoFar;
  readonly started_at_ms: number;
}

/** Drives one leg to its end, with an engine or a probe. */
export function driveLeg(leg: Leg, request: LegRequest): Promise<DrivenLeg> {
  return leg.probe === undefined ? driveLoad(leg, request) : driveProbe(leg, request);
}

async function driveLoad(leg: Leg, request: LegRequest): Promise<DrivenLeg> {
  const { site, engine, workload, scale, offset_s, keep_in, signal, onSoFar } = request;
  const { scenario, stack, seed } = site;
  const borders: Promise<Reading>[] = [];
  const read: Reading[] = [];
  const phases = schedulePhases(scenario, leg, scale, seed);
  const pieces = phases.flatMap((phase) => phase.pieces);
  let begun_ms = 0;
  const watch: Watch = {
    signal,
    onPhase: () => {
      const border = borders.length;
      if (border === 0) {
        begun_ms = Date.now();
        request.onBegin();
      }
      borders.push(readCounters(stack).then((reading) => (read[border] = reading)));
    },
    onProgress: (progress) => {
      const target_per_s = rateAt_per_s(pieces, progress.at_s) * requestsPerJourney(scenario.journeys);
      request.onProgress({ ...progress, at_s: progress.at_s + offset_s, target_per_s });
    },
    onSoFar: (seen) => {
      const until = observePhasesUntil(seen.at_s, phases, scenario.journeys, offset_s, read);
      onSoFar?.({ offset_s, started_at_ms: begun_ms, phases: until, seen });
    },
  };
  const process = scenario.process.kind === 'uniform' ? 'uniform' : 'poisson';
  const result = await engine.run(
    {
      base_url: leg.base_url,
      workload,
      schedule: { process, phases, seed },
      connections: leg.connections,
      in_flight_cap: scenario.inFlightCap,
      drain_s: DRAIN_S,
      ...(scenario.generators > 1 && { generators: scenario.generators }),
      ...(isRecorded(scenario) && { writes_log: site.writes_log }),
      ...(onSoFar && { so_far_every_s: SO_FAR_EVERY_S }),
      ...(keep_in !== undefined && { keep_in }),
    },
    watch,
  );
  const ended_at_ms = Date.now();
  const observed = observePhases(phases, scenario.journeys, offset_s, await Promise.all(borders));
  const elapsed_s = phases.reduce((sum, phase) => sum + phase.duration_s, 0);
  return { offset_s, result, phases: observed, elapsed_s, ended_at_ms, findings: {} };
}

/** A probe may be done before its phase is over; the phase is then as long as it took. */
async function driveProbe(leg: Leg, request: LegRequest): Promise<DrivenLeg> {
  const { site, offset_s } = request;
  const [phase] = leg.phases;
  const probe = PROBES.get(leg.probe?.name ?? '');
  if (!phase || !probe) throw new RunError(`there is no probe \`${leg.probe?.name}\``);
  const before = await readCounters(site.stack);
  const recorder = new Recorder(probe.classes, phase, (progress) =>
    request.onProgress({ ...progress, at_s: progress.at_s + offset_s, target_per_s: 0 }),
  );
  request.onBegin();
  const over = AbortSignal.any([request.signal, AbortSignal.timeout(phase.duration_s * 1000)]);
  let closed: ReturnType<Recorder['close']> | undefined;
  try {
    const parameters = leg.probe?.parameters ?? {};
    const findings = await probe.run({ ...site, parameters, duration_s: phase.duration_s, recorder, signal: over });
    closed = recorder.close();
    const { elapsed_s, result } = closed;
    const ended_at_ms = Date.now();
    const counted = difference(before, await readCounters(site.stack));
    const counters = { ...counted, ...findings.counters };
    const place = { start_s: offset_s, end_s: offset_s + elapsed_s, target_rate_per_s: 0 };
    const observed = { name: phase.name, ...place, judged: phase.judged, counters };
    return { offset_s, result, phases: [observed], elapsed_s, ended_at_ms, findings };
  } finally {
    if (!closed) recorder.close();
  }
}

/** What the engine is to drive, bursts drawn. Journeys begin as often as it takes for their requests to come at the rate. */
function schedulePhases(scenario: Scenario, leg: Leg, scale: number, seed: number): SchedulePhase[] {
  const perArrival = requestsPerJourney(scenario.journeys);
  const phases = leg.phases.map(({ name, duration_s, judged, pieces }) => ({
    name,
    duration_s,
    judged,
    pieces: pieces.map((piece) => scaledPiece(piece, scale / perArrival)),
  }));
  return withBursts(phases, scenario.process, seed);
}
