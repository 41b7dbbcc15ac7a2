import { setTimeout as delay } from 'node:timers/promises';
import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Healer } from './healer/healer.ts';
import { prepareFault } from './prepare.ts';
import type { PreparedFault } from './prepared-fault.ts';

const LOOK_EVERY_MS = 25;
const ASK_EVERY_MS = 250;
/** A database that was the primary copies or rewinds its data before it is well again. */
const WHOLE_WITHIN_MS = 90_000;

/** One fault from its beginning to its end, in clock time. */
export class Episode {
  readonly fault: ScenarioFault;
  readonly #id: number;
  readonly #site: Site;
  readonly #healer: Healer;
  #prepared: PreparedFault | undefined;
  #isOver = false;
  #isHurried = false;
  #healing: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  /** When it was brought about; undefined before. */
  injected_ms: number | undefined;
  observed_ms: number | undefined;
  healed_ms: number | undefined;
  /** What shows that it happened; until then what is seen instead. */
  effect = 'nothing was looked at yet';
  /** Why it is not healed, if it is not. */
  unhealed = '';

  constructor(id: number, fault: ScenarioFault, site: Site, healer: Healer) {
    this.#id = id;
    this.fault = fault;
    this.#site = site;
    this.#healer = healer;
  }

  get targets(): readonly string[] {
    return this.#prepared?.targets ?? [];
  }

  /** Whether a process may be gone because of this. */
  expects(process: string): boolean {
    return this.injected_ms !== undefined && !this.#isOver && (this.#prepared?.shaken.includes(process) ?? false);
  }

  /** Finds out whom it will hit. @throws RunError when there is nobody. */
  async prepare(): Promise<void> {
    this.#prepared = await prepareFault(this.fault, this.#site);
  }

  /** Brings it about, with a healer that holds its remedies, and looks for its effect until it is seen or the fault is over. */
  async begin(lease_ms: number): Promise<void> {
    const prepared = this.#prepared;
    if (!prepared || this.#healing) return;
    await this.#healer.hold(this.#id, prepared.remedies, lease_ms);
    this.injected_ms = Date.now();
    this.effect = 'it has not shown yet';
    const injecting = prepared.inject();
    this.#looking = injecting.then(
      () => this.#look(prepared),
      () => undefined,
    );
    await injecting;
  }

  /** Undoes it, and does not wait to see that all is as before. */
  async release(): Promise<void> {
    this.#isHurried = true;
    if (this.injected_ms === undefined) return;
    await this.#healer.heal(this.#id).catch(() => undefined);
    await this.heal();
  }

  /** Heals, and resolves when that is seen or it takes too long; does nothing for what never began. */
  heal(): Promise<void> {
    this.#healing ??= this.#end();
    return this.#healing;
  }

  async #end(): Promise<void> {
    if (this.#prepared === undefined || this.injected_ms === undefined) return;
    const problem = await this.#healer.heal(this.#id).then(() => undefined, messageOf);
    await this.#looking;
    this.unhealed = problem ?? (await this.#untilWhole(this.#prepared));
    if (this.unhealed === '') this.healed_ms = Date.now();
    this.#isOver = true;
  }

  async #look({ effect }: PreparedFault): Promise<void> {
    do {
      try {
        this.effect = await effect();
        this.observed_ms = Date.now();
        return;
      } catch (error) {
        this.effect = messageOf(error);
      }
      await delay(LOOK_EVERY_MS);
    } while (this.#healing === undefined);
  }

  /** What is still not as before at the deadline; empty when all is. */
  async #untilWhole({ whole }: PreparedFault): Promise<string> {
    const deadline_ms = performance.now() + WHOLE_WITHIN_MS;
    for (;;) {
      const problem = await whole().then(() => '', messageOf);
      if (problem === '' || this.#isHurried || performance.now() > deadline_ms) return problem;
      await delay(ASK_EVERY_MS);
    }
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof RunError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
