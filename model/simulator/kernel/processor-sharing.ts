import type { Frame } from './frame.ts';

/**
 * Processor sharing on `servers` cores: each of n jobs runs at speed min(1, servers / n). By virtual time, the work that each
 * job present got so far: a job with work w that starts at virtual time v is done at v + w whatever comes and goes meanwhile, so a
 * heap by that sum knows who is next, and each arrival and departure costs O(log n).
 * Literature: L. Kleinrock, Time-shared Systems, JACM 14 (1967); virtual time as in A. Demers, S. Keshav, S. Shenker, SIGCOMM 1989.
 */
export class ProcessorSharing {
  readonly #servers: number;
  #jobs: Frame[] = [];
  #count = 0;
  #virtual_s = 0;
  #at_s = 0;

  constructor(servers: number) {
    this.#servers = servers;
  }

  get count(): number {
    return this.#count;
  }

  /** Brings virtual time to `now_s`, with processors at `speed` (1 is full). */
  advance(now_s: number, speed: number): void {
    if (this.#count === 0) this.#virtual_s = 0;
    else this.#virtual_s += (now_s - this.#at_s) * this.#rate(speed);
    this.#at_s = now_s;
  }

  /** When the next job is done if nothing changes; Infinity without jobs or speed. */
  nextEnd_s(speed: number): number {
    const first = this.#jobs[0];
    if (this.#count === 0 || first === undefined || speed === 0) return Infinity;
    return this.#at_s + Math.max(0, first.due_s - this.#virtual_s) / this.#rate(speed);
  }

  /** A job starts; virtual time must be up to date. */
  add(job: Frame, work_s: number): void {
    const jobs = this.#jobs;
    const due_s = this.#virtual_s + work_s;
    job.due_s = due_s;
    let hole = this.#count++;
    if (hole === jobs.length) jobs.push(job);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = jobs[parent];
      if (above === undefined || above.due_s <= due_s) break;
      jobs[hole] = above;
      hole = parent;
    }
    jobs[hole] = job;
  }

  /** Takes the job that is done first; null when there is none. */
  takeFirst(): Frame | null {
    if (this.#count === 0) return null;
    const first = this.#jobs[0] ?? null;
    const last = this.#jobs[--this.#count];
    if (this.#count > 0 && last !== undefined) this.#sink(last);
    return first;
  }

  clear(): void {
    this.#count = 0;
    this.#jobs = [];
  }

  #rate(speed: number): number {
    return this.#count <= this.#servers ? speed : (speed * this.#servers) / this.#count;
  }

  #sink(job: Frame): void {
    const jobs = this.#jobs;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#count) break;
      const right = jobs[child + 1];
      let below = jobs[child];
      if (below === undefined) break;
      if (child + 1 < this.#count && right !== undefined && right.due_s < below.due_s) {
        below = right;
        child++;
      }
      if (below.due_s >= job.due_s) break;
      jobs[hole] = below;
      hole = child;
    }
    jobs[hole] = job;
  }
}
