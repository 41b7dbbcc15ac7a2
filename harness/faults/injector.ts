import type { Progress } from '../../engines/engine.ts';
import type { ObservedEvent, ObservedFault } from '../../model/observation/observation.ts';
import { scenarioDuration_s } from '../../model/scenario/scenario.ts';
import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Site } from '../instruments.ts';
import type { Timeline } from '../timeline.ts';
import { Episode, messageOf } from './episode.ts';
import { Healer } from './healer/healer.ts';
import { Steadiness } from './steadiness.ts';

/** Whom a fault will hit is asked so long before: databases and caches are asked for their roles. */
const AHEAD_MS = 2_000;
/** How much longer than planned a fault may last when whoever brought it about does not end it. */
const GRACE_MS = 30_000;

/** Brings about a scenario's faults when their time has come, and heals them. */
export class Injector {
  readonly #healer = new Healer();
  readonly #episodes: readonly Episode[];
  readonly #steadiness = new Steadiness();
  readonly #duration_s: number;
  readonly #onProblem: (reason: string) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isHealing = false;

  /** `onProblem` is called when a fault cannot be brought about, or the system was not steady before the first: the run is of no use then. */
  constructor(site: Site, onProblem: (reason: string) => void) {
    this.#onProblem = onProblem;
    this.#duration_s = scenarioDuration_s(site.scenario);
    this.#episodes = site.scenario.faults.map((fault, id) => new Episode(id, fault, site, this.#healer));
  }

  /** A process that a fault ends is no surprise. */
  expects(process: string): boolean {
    return this.#episodes.some((episode) => episode.expects(process));
  }

  /** Scenario time goes on from `from_s` to `to_s`, beginning now. */
  enter(from_s: number, to_s: number): void {
    if (this.#episodes.length > 0) this.#healer.wake();
    for (const episode of this.#episodes) {
      const { at_s } = episode.fault;
      if (at_s >= from_s && at_s < to_s) void this.#expect(episode, Date.now() + (at_s - from_s) * 1000);
    }
  }

  /** How the load fares; what comes before the first fault has to be steady. */
  look(progress: Progress): void {
    this.#steadiness.look(progress);
  }

  /** Faults that are brought about and not healed yet, in words: `crash: postgres-1`. */
  get inForce(): readonly string[] {
    return this.#episodes
      .filter(({ injected_ms, healed_ms }) => injected_ms !== undefined && healed_ms === undefined)
      .map(({ fault, targets }) => `${describe(fault)}: ${targets.join(', ')}`);
  }

  /** Heals what is not healed yet, and does not wait to see it: the run is over. */
  async release(): Promise<void> {
    this.#stopWaiting();
    await Promise.all(this.#episodes.map((episode) => episode.release()));
  }

  /** Heals what is not healed yet; resolves when that is seen, or takes too long. */
  async heal(): Promise<void> {
    this.#stopWaiting();
    await Promise.all(this.#episodes.map((episode) => episode.heal()));
    this.#healer.close();
  }

  /** What became of each fault. */
  observed(timeline: Timeline): {
    readonly faults: readonly ObservedFault[];
    readonly events: readonly ObservedEvent[];
  } {
    const at_s = (clock_ms: number): number => timeline.at_s(clock_ms);
    return {
      faults: this.#episodes.map((episode) => observedFault(episode, at_s)),
      events: this.#episodes.flatMap((episode) => observedEvents(episode, at_s)),
    };
  }

  async #expect(episode: Episode, due_ms: number): Promise<void> {
    try {
      await this.#until(due_ms - AHEAD_MS);
      await episode.prepare();
      await this.#until(due_ms);
      if (this.#isHealing) return;
      const problem = this.#isFirst(episode) ? this.#steadiness.problem : undefined;
      if (problem !== undefined) return this.#onProblem(`the system was not steady before the fault: ${problem}`);
      await episode.begin(this.#leaseOf(episode.fault));
      if (episode.fault.until_s === Number.POSITIVE_INFINITY) return;
      await this.#until(due_ms + (episode.fault.until_s - episode.fault.at_s) * 1000);
      await episode.heal();
    } catch (error) {
      const { kind, tier } = episode.fault;
      this.#onProblem(`\`${kind}\` of \`${tier}\` could not be brought about: ${messageOf(error)}`);
    }
  }

  #stopWaiting(): void {
    this.#isHealing = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #isFirst({ fault }: Episode): boolean {
    return this.#episodes.every((other) => other.fault.at_s >= fault.at_s);
  }

  #leaseOf({ at_s, until_s }: ScenarioFault): number {
    return (Math.min(until_s, this.#duration_s) - at_s) * 1000 + GRACE_MS;
  }

  /** Never resolves when all is healed before. */
  #until(clock_ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isHealing) return;
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          resolve();
        },
        Math.max(0, clock_ms - Date.now()),
      );
      this.#timers.add(timer);
    });
  }
}

function observedFault(episode: Episode, at_s: (clock_ms: number) => number): ObservedFault {
  const { fault, targets, injected_ms, observed_ms, healed_ms, effect } = episode;
  return {
    fault: describe(fault),
    tier: fault.tier,
    targets,
    injected_at_s: injected_ms === undefined ? fault.at_s : at_s(injected_ms),
    effect,
    ...(observed_ms !== undefined && { observed_at_s: at_s(observed_ms) }),
    ...(healed_ms !== undefined && { healed_at_s: at_s(healed_ms) }),
    ...(injected_ms !== undefined && episode.unhealed !== '' && { unhealed: episode.unhealed }),
  };
}

function observedEvents(episode: Episode, at_s: (clock_ms: number) => number): ObservedEvent[] {
  const { fault, targets, injected_ms, healed_ms } = episode;
  const what = { tier: fault.tier, detail: `${describe(fault)}: ${targets.join(', ')}` };
  return [
    ...(injected_ms === undefined ? [] : [{ at_s: at_s(injected_ms), kind: 'fault', ...what }]),
    ...(healed_ms === undefined ? [] : [{ at_s: at_s(healed_ms), kind: 'healed', ...what }]),
  ];
}

function describe({ kind, part, role, party, from }: ScenarioFault): string {
  const words = [kind, party, role, part, from === null ? undefined : `from ${from}`];
  return words.filter((word) => word !== undefined).join(' ');
}
