import type { Observation, ObservedPhase } from '../observation/observation.ts';

/** Why runs cannot be compared: the field in which they differ, and what each side has. */
export interface Incomparable {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Rates are computed from pieces of a schedule, so that they may differ in the last digits. */
const RATE_TOLERANCE = 0.001;

/** The first field in which two runs do not answer the same question; undefined when they do. */
export function incomparable(before: Observation, after: Observation): Incomparable | undefined {
  for (const field of ['plan', 'scenario', 'step', 'scale', 'executor', 'engine', 'profile'] as const) {
    const [from, to] = [before.what[field], after.what[field]];
    if (from !== to) return { field, before: String(from), after: String(to) };
  }
  const [from, to] = [judged(before), judged(after)];
  const [namesFrom, namesTo] = [from, to].map((phases) => phases.map(({ name }) => name).join(', '));
  if (namesFrom !== namesTo) return { field: 'phases', before: namesFrom ?? '', after: namesTo ?? '' };
  for (const [index, phase] of from.entries()) {
    const other = to[index];
    if (other && !sameRate(phase, other)) {
      return { field: `rate of phase ${phase.name}`, before: rateText(phase), after: rateText(other) };
    }
  }
  return undefined;
}

/** Ways in which two sets of comparable runs, neither empty, are not alike: what changed may come from there. */
export function unlikeness(before: readonly Observation[], after: readonly Observation[]): string[] {
  return [...environmentsApart(before, after), ...durationsApart(before, after), ...timesApart(before, after)];
}

function environmentsApart(before: readonly Observation[], after: readonly Observation[]): string[] {
  const names = new Set([...before, ...after].flatMap(({ what }) => Object.keys(what.environment)));
  return [...names].flatMap((name) => {
    const [from, to] = [before, after].map((runs) =>
      distinct(runs.map((run) => run.what.environment[name] ?? 'unknown')),
    );
    return from === to ? [] : [`${name} was ${from}, then ${to}`];
  });
}

function durationsApart(before: readonly Observation[], after: readonly Observation[]): string[] {
  const lengths = (runs: readonly Observation[], name: string): string =>
    distinct(runs.map((run) => `${Math.round(duration_s(judged(run).find((phase) => phase.name === name)))} s`));
  const names = judged(before[0]).map(({ name }) => name);
  return names.flatMap((name) => {
    const [from, to] = [lengths(before, name), lengths(after, name)];
    return from === to ? [] : [`phase \`${name}\` lasted ${from}, then ${to}`];
  });
}

/** A machine is not the same at all times of the day: what was run in turns has met the same of it, what was not has not. */
function timesApart(before: readonly Observation[], after: readonly Observation[]): string[] {
  const [from, to] = [before, after].map((runs) => runs.flatMap(({ what }) => what.startedAt ?? []).toSorted());
  const [last, first] = [from?.at(-1), to?.[0]];
  const [end, begin] = [to?.at(-1), from?.[0]];
  const inTurn = last !== undefined && first !== undefined && last < first;
  const reversed = end !== undefined && begin !== undefined && end < begin;
  if (!inTurn && !reversed) return [];
  return ['the runs were not made in turns, so that drift of the machine counts as change'];
}

function judged(run: Observation | undefined): readonly ObservedPhase[] {
  return run?.phases.filter((phase) => phase.judged) ?? [];
}

function duration_s(phase: ObservedPhase | undefined): number {
  return phase ? phase.end_s - phase.start_s : 0;
}

function sameRate(a: ObservedPhase, b: ObservedPhase): boolean {
  const [from, to] = [a.target_rate_per_s, b.target_rate_per_s];
  return Math.abs(from - to) <= RATE_TOLERANCE * Math.max(from, to);
}

function rateText({ target_rate_per_s }: ObservedPhase): string {
  return `${Math.round(target_rate_per_s * 100) / 100} req/s`;
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].toSorted().join(' and ');
}
