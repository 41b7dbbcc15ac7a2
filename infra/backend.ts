import type { Topology, TopologyLink } from '../model/topology/topology.ts';

/** Provisions one topology and takes it down again. `local` runs the servers as plain processes on 127.0.0.1. */
export interface Backend {
  /** Throws a `StackError` for a topology that it cannot start; starts nothing. */
  check(topology: Topology): void;
  /**
   * Starts every tier and returns when each answers its own protocol and one write was read back through all of them.
   * Rejects with a `StackError`; everything it had started is down again by then. Aborting the signal does the same.
   */
  up(topology: Topology, options: UpOptions): Promise<Stack>;
  /** Takes a stack down; idempotent, also after a crash of whoever started it. Signals only what the stack started. */
  down(name: string): Promise<DownReport>;
  /** Null when no such stack is known. */
  status(name: string): Promise<StackStatus | null>;
}

export interface UpOptions {
  /** Names the stack; one machine may carry several. */
  readonly name: string;
  readonly seed: number;
  /** Rows to load; the documents' popularity is scaled to this many products. */
  readonly products: number;
  readonly users: number;
  /** The stack belongs to the process that starts it: once that is gone, the stack counts as left over. */
  readonly ephemeral?: boolean;
  /** Stretches of network to put between callers and what they call, whose conditions faults change. */
  readonly links?: readonly TopologyLink[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** A running stack, as data: what a later process needs to find, measure and end it. */
export interface Stack {
  readonly name: string;
  readonly plan: string;
  readonly step: number;
  /** Where clients enter, `http://127.0.0.1:PORT` of the load balancer. */
  readonly base_url: string;
  /** Where clients get images, `http://127.0.0.1:PORT` of the CDN, when there is one. */
  readonly images_url?: string;
  readonly processes: readonly StackProcess[];
  /** What was asked for, settings included; absent where a backend does not keep it. */
  readonly topology?: Topology;
  /** Folder with `users.tsv`, `products.tsv`, `queries.tsv`: the feeds for load generation. */
  readonly feeds_dir: string;
}

export interface StackProcess {
  /** Unique within the stack, e.g. `app-2`. */
  readonly id: string;
  readonly tier: string;
  readonly role: string;
  readonly pid: number;
  readonly port: number;
  /** Clock ticks since boot from /proc/PID/stat: tells a process from a later one with its pid. */
  readonly start_ticks: number;
  readonly executable: string;
  readonly log: string;
  /** Where this process answers metrics, if it does. */
  readonly metrics_url?: string;
}

export interface StackStatus {
  readonly stack: Stack;
  readonly processes: readonly {
    readonly id: string;
    readonly alive: boolean;
    readonly healthy: boolean;
    readonly detail: string;
    /**
     * Of a database or cache node, what it is at this moment: `primary`, `master`, `replica` or `queue`; `waiting` for an
     * instance of the application that gets no requests, because others were deployed in its place.
     */
    readonly role?: string;
    /** Which of several shards a database node holds, from 1. */
    readonly shard?: number;
    /** How far a replica is behind its primary. */
    readonly lag_bytes?: number;
    readonly memory_bytes: number;
    readonly cpu_s: number;
  }[];
}

export interface DownReport {
  readonly stopped: readonly string[];
  /** What could not be ended, with the reason; empty when nothing of the stack is left. */
  readonly left: readonly string[];
}

/** The machine or the stack failed: what, and how to mend it. */
export class StackError extends Error {
  override name = 'StackError';
  readonly help: string;
  constructor(message: string, help = '') {
    super(message);
    this.help = help;
  }
}
