import { createDrawer, type Drawer } from '../../model/workload/draw.ts';
import { compileRequests, type CompiledRequest } from '../../model/workload/render.ts';
import type { LoadJob } from '../engine.ts';
import type { Sender } from './sender.ts';
import type { Traffic } from './traffic.ts';

/** Each arrival is one request, drawn from the mix. */
export class SingleRequests implements Traffic {
  readonly next_us = Infinity;
  readonly #sender: Sender;
  readonly #drawer: Drawer;
  readonly #requests: readonly CompiledRequest[];

  constructor(job: LoadJob, sender: Sender) {
    this.#sender = sender;
    this.#drawer = createDrawer(job.workload, job.schedule.seed);
    this.#requests = compileRequests(job.workload);
  }

  /** The request is drawn also when it is dropped, so that the sequence does not depend on what became of the others. */
  offer(intended_us: number, phase: number): void {
    const { class_index, rows } = this.#drawer.next();
    const request = this.#requests[class_index];
    if (request === undefined) throw new Error(`class ${class_index} was drawn, but there is none`);
    this.#sender.launch(request, class_index, rows, intended_us, phase);
  }

  pass(): void {
    this.#drawer.next();
  }

  proceed(): void {}

  endAt(): void {}

  account(): undefined {}
}
