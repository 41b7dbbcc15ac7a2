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
