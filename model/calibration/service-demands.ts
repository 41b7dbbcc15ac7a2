import type {
  ClassCalibration,
  ResponseTimes,
  SweepPoint,
  ClassResponse,
  TierCores,
  TierDemand,
} from './calibration.ts';
import { estimateOf, median } from './estimate.ts';
import { foreignCores, ownCores } from './load-window.ts';
import type { LoadWindow, TierWork } from './load-window.ts';

/** What all windows of one request class alone come to. */
export interface ClassRun {
  readonly class: string;
  readonly windows: readonly LoadWindow[];
  readonly response: ResponseTimes;
}

/**
 * Service demands of a class by the service demand law, D = U / X: processor seconds that a tier used beyond those of its
 * background, over the requests that were answered. RangeError when a window answered nothing.
 * Literature: P. J. Denning, J. P. Buzen, The Operational Analysis of Queueing Network Models, ACM Computing Surveys 10 (1978).
 */
export function classCalibration(run: ClassRun, background: readonly TierCores[], cores: number): ClassCalibration {
  const { windows, response } = run;
  if (windows.some(({ answered }) => answered === 0))
    throw new RangeError(`no request of \`${run.class}\` was answered in one of its windows`);
  const tiers = windows[0]?.tiers.map(({ tier }) => tier) ?? [];
  return {
    class: run.class,
    throughput_per_s: median(windows.map(({ answered, seconds }) => answered / seconds)),
    utilisation: median(windows.map(ownCores)) / cores,
    demands: tiers.map((tier) => demandAt(tier, windows, background)),
    generator_s: estimateOf(windows.map(({ generator_s, answered }) => generator_s / answered)),
    response,
    counters: perRequest(windows),
  };
}

/** What the windows of the mix at one rate come to. */
export function sweepPoint(
  windows: readonly LoadWindow[],
  response: ResponseTimes,
  classes: readonly ClassResponse[],
): SweepPoint {
  const tiers = windows[0]?.tiers.map(({ tier }) => tier) ?? [];
  return {
    throughput_per_s: median(windows.map(({ answered, seconds }) => answered / seconds)),
    tiers: tiers.map((tier) => ({
      tier,
      cores: median(windows.map((window) => workAt(tier, window).cpu_s / window.seconds)),
    })),
    generator_cores: median(windows.map(({ generator_s, seconds }) => generator_s / seconds)),
    foreign_cores: median(windows.map(foreignCores)),
    response,
    classes,
  };
}

function demandAt(tier: string, windows: readonly LoadWindow[], background: readonly TierCores[]): TierDemand {
  const idle = background.find((each) => each.tier === tier)?.cores ?? 0;
  const works = windows.map((window) => ({ ...workAt(tier, window), window }));
  const demand = estimateOf(
    works.map(({ cpu_s, window }) => Math.max(0, cpu_s - idle * window.seconds) / window.answered),
  );
  return {
    tier,
    cpu_s: demand,
    ...bytesOf('written_bytes', works),
    ...bytesOf('read_bytes', works),
  };
}

/** Over all windows together: what a request writes may reach the disk in a later one. */
function bytesOf(
  key: 'written_bytes' | 'read_bytes',
  works: readonly (TierWork & { readonly window: LoadWindow })[],
): Partial<Record<typeof key, number>> {
  if (works.some((work) => work[key] === null)) return {};
  const bytes = works.reduce((sum, work) => sum + (work[key] ?? 0), 0);
  return { [key]: bytes / works.reduce((sum, { window }) => sum + window.answered, 0) };
}

function workAt(tier: string, window: LoadWindow): TierWork {
  const found = window.tiers.find((each) => each.tier === tier);
  if (!found) throw new RangeError(`a window has no tier \`${tier}\``);
  return found;
}

function perRequest(windows: readonly LoadWindow[]): Record<string, number> {
  const answered = windows.reduce((sum, window) => sum + window.answered, 0);
  const names = Object.keys(windows[0]?.counters ?? {});
  const total = (name: string): number => windows.reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0);
  return Object.fromEntries(names.map((name) => [name, total(name) / answered]).filter(([, count]) => count !== 0));
}
