import type { RunSetting } from '../setting/run-setting.ts';

/** In what two sets of runs were made on other stacks, in words: instances and settings of tiers. Runs that do not say are left out. */
export function settingsApart(
  before: readonly (RunSetting | undefined)[],
  after: readonly (RunSetting | undefined)[],
): string[] {
  const [from, to] = [before, after].map((runs) => runs.flatMap((setting) => (setting ? [figuresOf(setting)] : [])));
  if (!from || !to || from.length === 0 || to.length === 0) return [];
  const names = new Set([...from, ...to].flatMap((figures) => [...figures.keys()]));
  return [...names].toSorted().flatMap((name) => {
    const [first, then] = [from, to].map((runs) => valuesOf(name, runs));
    return first === then ? [] : [`\`${name}\` was ${first}, then ${then}`];
  });
}

/** What can differ between two stacks of one step: `app.instances`, `app.caching`. */
function figuresOf({ tiers }: RunSetting): Map<string, string> {
  const figures = tiers.flatMap(({ id, instances, settings = {} }): [string, string][] => [
    [`${id}.instances`, String(instances)],
    ...Object.entries(settings).map(([name, value]): [string, string] => [`${id}.${name}`, value]),
  ]);
  return new Map(figures);
}

function valuesOf(name: string, runs: readonly ReadonlyMap<string, string>[]): string {
  return [...new Set(runs.map((figures) => figures.get(name) ?? 'not set'))].toSorted().join(' and ');
}
