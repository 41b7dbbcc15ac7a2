import { formatNumber } from '../../units/format.ts';
import { littleError } from '../record/little-error.ts';
import type { RecordedPhase } from '../record/phase-finder.ts';
import type { Instability, StationRun } from '../run.ts';
import { countCapacity, runningInstances } from './service.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';

/** A queue counts as growing when it got longer by this share of the visits that came, and by this many. */
const GROWTH_SHARE = 0.02;
const GROWTH_MIN = 50;

/** What a station has counted and summed up to a moment. */
interface Reading {
  readonly at_s: number;
  readonly inside_s: number;
  readonly waiting_s: number;
  readonly busy_s: number;
  readonly capacity_s: number;
  readonly residence_s: number;
  readonly offered_s: number;
  readonly visits: number;
  readonly entered: number;
  readonly left: number;
  readonly waiting: number;
  /** Calls that wait for a connection. */
  readonly queued: number;
}

function readStation(station: Station, at_s: number): Reading {
  const { residence_s, offered_s, visits, entered, left, waiting, queued } = station;
  return {
    at_s,
    inside_s: station.insideArea_s + station.inside * at_s,
    waiting_s: station.waitingArea_s + waiting * at_s,
    busy_s: station.busyArea_s + station.busy * at_s,
    capacity_s: station.capacityArea_s + station.capacity * at_s,
    residence_s,
    offered_s,
    visits,
    entered,
    left,
    waiting,
    queued,
  };
}

/** Follows one tier: samples for the record, figures over the judged phases, and whether it kept up in each phase. */
export class StationMeter {
  readonly instabilities: Instability[] = [];
  readonly #station: Station;
  #lastTick: Reading;
  #lastSample: Reading;
  #phaseStart: Reading;
  #waitingInMiddle = 0;
  #queuedInMiddle = 0;
  /** Sums over the judged phases. */
  readonly #sums = {
    time_s: 0,
    inside_s: 0,
    waiting_s: 0,
    busy_s: 0,
    capacity_s: 0,
    residence_s: 0,
    entered: 0,
    left: 0,
  };

  constructor(station: Station) {
    this.#station = station;
    this.#lastTick = readStation(station, 0);
    this.#lastSample = this.#lastTick;
    this.#phaseStart = this.#lastTick;
  }

  /** Utilisation since the last tick. */
  tick(sim: Simulation): number {
    countCapacity(sim, this.#station);
    const before = this.#lastTick;
    this.#lastTick = readStation(this.#station, sim.now_s);
    return utilisation(before, this.#lastTick);
  }

  /** One entry of the tier's series: what was since the last one. */
  sample(sim: Simulation): void {
    const before = this.#lastSample;
    const now = readStation(this.#station, sim.now_s);
    this.#lastSample = now;
    const throughput_per_s = ratio(now.left - before.left, now.at_s - before.at_s);
    const instances = runningInstances(this.#station);
    sim.recorder.tierSample(
      this.#station.index,
      before.at_s,
      utilisation(before, now),
      this.#station.waiting,
      instances,
      throughput_per_s,
    );
  }

  middleOfPhase(): void {
    this.#waitingInMiddle = this.#station.waiting;
    this.#queuedInMiddle = this.#station.queued;
  }

  endOfPhase(phase: RecordedPhase, now_s: number): void {
    const before = this.#phaseStart;
    const now = readStation(this.#station, now_s);
    this.#phaseStart = now;
    if (phase.judged) this.#add(before, now);
    const instability = this.#instabilityOf(phase, before, now);
    if (instability !== null) this.instabilities.push(instability);
  }

  stationRun(): StationRun {
    const sums = this.#sums;
    const throughput_per_s = ratio(sums.entered, sums.time_s);
    const inside = Math.max(0, ratio(sums.inside_s, sums.time_s));
    const residence_s = ratio(sums.residence_s, sums.left);
    return {
      tier: this.#station.tier.id,
      throughput_per_s,
      utilisation: ratio(sums.busy_s, sums.capacity_s),
      waiting: Math.max(0, ratio(sums.waiting_s, sums.time_s)),
      inside,
      residence_s,
      littleError: littleError(inside, throughput_per_s, residence_s),
    };
  }

  #add(before: Reading, now: Reading): void {
    const sums = this.#sums;
    sums.time_s += now.at_s - before.at_s;
    sums.inside_s += now.inside_s - before.inside_s;
    sums.waiting_s += now.waiting_s - before.waiting_s;
    sums.busy_s += now.busy_s - before.busy_s;
    sums.capacity_s += now.capacity_s - before.capacity_s;
    sums.residence_s += now.residence_s - before.residence_s;
    sums.entered += now.entered - before.entered;
    sums.left += now.left - before.left;
  }

  #instabilityOf(phase: RecordedPhase, before: Reading, now: Reading): Instability | null {
    const duration_s = now.at_s - before.at_s;
    const offeredUtilisation = ratio(now.offered_s - before.offered_s, now.capacity_s - before.capacity_s);
    const arrived = now.visits - before.visits;
    const grows = isGrowing(before.waiting, this.#waitingInMiddle, now.waiting, arrived);
    const isShort = isGrowing(before.queued, this.#queuedInMiddle, now.queued, arrived);
    if (offeredUtilisation < 1 && !grows && !isShort) return null;
    const arriving = `${formatNumber(ratio(arrived, duration_s))} visits/s arrive`;
    return {
      tier: this.#station.tier.id,
      phase: phase.name,
      offeredUtilisation,
      waitingAtStart: before.waiting,
      waitingAtEnd: now.waiting,
      because:
        offeredUtilisation >= 1
          ? `${arriving}, ${this.#whatItCanDo(before, now)}`
          : `${arriving}, and ${grows ? grown('what waits', before.waiting, now.waiting) : this.#shortOf(before, now)}`,
    };
  }

  #shortOf(before: Reading, now: Reading): string {
    const calls = grown('calls that wait for a connection', before.queued, now.queued);
    return `${calls}; each caller has ${formatNumber(this.#station.tier.call.pool)}`;
  }

  #whatItCanDo(before: Reading, now: Reading): string {
    const work_s = ratio(now.offered_s - before.offered_s, now.visits - before.visits);
    const servers = ratio(now.capacity_s - before.capacity_s, now.at_s - before.at_s);
    const instances = servers / this.#station.tier.servers;
    const each = ratio(this.#station.tier.servers, work_s);
    return `${formatNumber(instances, 3)} × ${formatNumber(each)} visits/s is what it can do`;
  }
}

function isGrowing(before: number, middle: number, now: number, arrived: number): boolean {
  return now - before > Math.max(GROWTH_MIN, GROWTH_SHARE * arrived) && before < middle && middle < now;
}

function grown(what: string, before: number, now: number): string {
  return `${what} grew from ${formatNumber(before)} to ${formatNumber(now)}`;
}

function utilisation(before: Reading, now: Reading): number {
  // Sums of differences may be off in the last digit.
  return Math.min(1, Math.max(0, ratio(now.busy_s - before.busy_s, now.capacity_s - before.capacity_s)));
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
