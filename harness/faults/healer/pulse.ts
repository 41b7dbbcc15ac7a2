import type { ProcessIdentity } from '../../../infra/local/identity.ts';
import { signalIfSame } from '../../../infra/local/signal.ts';
import { signalTree, treeOf } from '../process-tree.ts';

/** How long processes run at a time: longer than a timer is late, shorter than anybody's timeout. */
const RUN_MS = 5;
/** New children are found that often. */
const LOOK_MS = 1_000;

/** Lets processes run a `factor`-th of the time, in small slices, until it is ended. */
export class Pulse {
  readonly #roots: readonly ProcessIdentity[];
  readonly #pause_ms: number;
  #members: readonly ProcessIdentity[] = [];
  #looked_ms = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(roots: readonly ProcessIdentity[], factor: number) {
    this.#roots = roots;
    this.#pause_ms = RUN_MS * (factor - 1);
    this.#pause();
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const root of this.#roots) signalTree(root, 'SIGCONT');
  }

  #pause(): void {
    if (performance.now() - this.#looked_ms > LOOK_MS) {
      this.#looked_ms = performance.now();
      this.#members = this.#roots.flatMap(treeOf);
    }
    this.#signal('SIGSTOP');
    this.#timer = setTimeout(() => this.#run(), this.#pause_ms);
  }

  #run(): void {
    this.#signal('SIGCONT');
    this.#timer = setTimeout(() => this.#pause(), RUN_MS);
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    for (const member of this.#members) signalIfSame(member, signal);
  }
}
