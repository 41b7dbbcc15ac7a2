import type { Conservation } from './observation.ts';

/** What does not add up in a run's totals, in words; empty when requests were conserved exactly. */
export function conservationProblems(totals: Conservation): string[] {
  const problems: string[] = [];
  const { scheduled, sent, dropped } = totals;
  if (scheduled !== sent + dropped) {
    problems.push(`scheduled ${scheduled} is not sent ${sent} + dropped ${dropped}`);
  }
  const accounted = totals.ok + totals.http_error + totals.timeout + totals.reset + totals.in_flight_at_end;
  if (sent !== accounted) {
    problems.push(`sent ${sent} is not ok + http errors + timeouts + resets + in flight at the end = ${accounted}`);
  }
  return problems;
}

/** What became of requests, without those that were still under way. */
export type Counts = Omit<Conservation, 'in_flight_at_end'>;

/** The counts of several classes, seconds or generators together. */
export function addCounts(parts: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => parts.reduce((total, part) => total + part[key], 0);
  return {
    scheduled: sum('scheduled'),
    sent: sum('sent'),
    dropped: sum('dropped'),
    ok: sum('ok'),
    http_error: sum('http_error'),
    timeout: sum('timeout'),
    reset: sum('reset'),
  };
}

/** The totals of several runs, or of several generators of one, together. */
export function addConservation(parts: readonly Conservation[]): Conservation {
  return { ...addCounts(parts), in_flight_at_end: parts.reduce((total, part) => total + part.in_flight_at_end, 0) };
}
