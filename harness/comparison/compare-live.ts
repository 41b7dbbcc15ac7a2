import type { DownReport, Stack, UpOptions } from '../../infra/backend.ts';
import type { Topology } from '../../model/topology/topology.ts';

export type SideName = 'a' | 'b';

/** One of the two that are compared: what is to be started, and what drives it once. */
export interface LiveSide<T> {
  readonly topology: Topology;
  /** The first drive of a stack warms it up, and is not counted. */
  readonly drive: (stack: Stack, round: number) => Promise<T>;
}

export interface LiveRequest<T> {
  readonly a: LiveSide<T>;
  readonly b: LiveSide<T>;
  readonly rounds: number;
  readonly backend: {
    readonly up: (topology: Topology, options: UpOptions) => Promise<Stack>;
    readonly down: (name: string, options: { readonly purge: true }) => Promise<DownReport>;
  };
  /** Stacks are called by it, with `-a` and `-b` behind it. */
  readonly name: string;
  readonly data: { readonly seed: number; readonly products: number; readonly users: number };
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

export interface LiveRuns<T> {
  readonly a: readonly T[];
  readonly b: readonly T[];
}

/**
 * Both stacks up side by side, each warmed up, then driven in turns: a b, b a, a b, …, so that whatever drifts meets both alike. Whatever
 * happens, both are down at the end, with their data. An abort ends it after the drive under way; what is whole comes back.
 */
export async function compareLive<T>(request: LiveRequest<T>): Promise<LiveRuns<T>> {
  const { rounds, backend, name, data, signal, report } = request;
  const runs: Record<SideName, T[]> = { a: [], b: [] };
  const stackName = (side: SideName): string => `${name}-${side}`;
  try {
    const stacks = new Map<SideName, Stack>();
    for (const side of ['a', 'b'] as const) {
      report(`${side}: starting ${request[side].topology.name}`);
      const options = { ...data, name: stackName(side), ephemeral: true, signal, onProgress: report };
      stacks.set(side, await backend.up(request[side].topology, options));
    }
    for (const { side, round } of turns(rounds)) {
      const stack = stacks.get(side);
      if (!stack || signal.aborted) break;
      report(round === 0 ? `${side}: warming up` : `round ${round} of ${rounds}: ${side}`);
      const run = await request[side].drive(stack, round);
      if (round > 0 && !signal.aborted) runs[side].push(run);
    }
  } finally {
    for (const side of ['a', 'b'] as const) {
      const { left } = await backend.down(stackName(side), { purge: true });
      if (left.length > 0) report(`could not stop ${left.join(', ')}`);
    }
  }
  return runs;
}

/** Round 0 warms up. Who is first in a round is second in the next. */
export function turns(rounds: number): { readonly side: SideName; readonly round: number }[] {
  return Array.from({ length: rounds + 1 }, (_, round) => {
    const order = round % 2 === 1 ? (['a', 'b'] as const) : (['b', 'a'] as const);
    return order.map((side) => ({ side, round }));
  }).flat();
}
