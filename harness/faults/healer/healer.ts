import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { entryBeside } from '../../../engines/child/entry.ts';
import { RunError } from '../../run-error.ts';
import type { Answer, Order } from './messages.ts';
import { apply } from './remedy.ts';
import type { Remedy } from './remedy.ts';

interface Patient {
  readonly remedies: readonly Remedy[];
  readonly held: PromiseWithResolvers<void>;
  readonly healed: PromiseWithResolvers<void>;
  isHealed: boolean;
}

/** The healer process, as seen by who brings faults about. It runs in a session of its own, and ends when nobody listens to it any more. */
export class Healer {
  readonly #patients = new Map<number, Patient>();
  #child: ChildProcess | undefined;

  /** Of the process; undefined before there is something to hold. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process, which takes a moment, before it is needed. */
  wake(): void {
    this.#child ??= this.#start();
  }

  /** Resolves when the healer has the remedies: from then on the fault is healed, whatever happens here. */
  async hold(id: number, remedies: readonly Remedy[], lease_ms: number): Promise<void> {
    this.wake();
    const [held, healed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const patient = { remedies, held, healed, isHealed: false };
    // Nobody may be waiting for it yet.
    patient.healed.promise.catch(() => undefined);
    this.#patients.set(id, patient);
    this.#send({ type: 'hold', id, remedies, lease_ms });
    await patient.held.promise;
  }

  /** Has a fault healed that is held; resolves when the remedies were applied. Rejects with what could not be. */
  async heal(id: number): Promise<void> {
    this.#send({ type: 'heal', id });
    await this.#patients.get(id)?.healed.promise;
  }

  /** Ends the process; it heals first what it still holds. */
  close(): void {
    if (this.#child?.connected) this.#child.disconnect();
  }

  #start(): ChildProcess {
    const child = fork(entryBeside(import.meta.url, 'main'), [], {
      execPath: process.execPath,
      execArgv: [],
      detached: true,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer) => {
      // It is our own code, started by us: what it sends is an Answer.
      this.#take(answer as Answer);
    });
    child.once('error', (error) => this.#lost(error.message));
    child.once('exit', () => this.#lost('the healer has died'));
    return child;
  }

  #take(answer: Answer): void {
    const patient = this.#patients.get(answer.id);
    if (patient === undefined) return;
    if (answer.type === 'held') return patient.held.resolve();
    patient.isHealed = true;
    if (answer.problem === undefined) patient.healed.resolve();
    else patient.healed.reject(new RunError(`a fault could not be healed: ${answer.problem}`));
  }

  /** Somebody has ended the healer: what it held is healed from here, at once. */
  #lost(why: string): void {
    for (const { remedies, held, healed, isHealed } of this.#patients.values()) {
      if (isHealed) continue;
      held.reject(new RunError(why, 'look at what ends processes here, such as a lack of memory'));
      Promise.all(remedies.map(apply)).then(() => healed.resolve(), healed.reject);
    }
  }

  #send(order: Order): void {
    if (this.#child?.connected) this.#child.send(order, () => undefined);
  }
}
