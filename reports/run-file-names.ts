import type { ResultRun } from './result.ts';

const LENGTH_MAX = 100;

/** For each run a name that a file can have, after its scenario and step; runs of the same get numbers, so that no two are alike. */
export function runFileNames(runs: readonly ResultRun[]): string[] {
  const taken = new Set<string>();
  return runs.map(({ observation }) => {
    const { scenario, step } = observation.what;
    const name = `${scenario
      .replaceAll(/[^\w.-]/g, '_')
      .replace(/^\./, '_')
      .slice(0, LENGTH_MAX)}-step-${step}`;
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}-${n}`;
    taken.add(free);
    return free;
  });
}
