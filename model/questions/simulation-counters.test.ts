import { expect, it } from 'vitest';
import { observationByHand } from '../judge/observation-by-hand.ts';
import { countersOf } from './simulation-counters.ts';

/** A replication that counted the same in each of its phases. */
function counted(counters: Readonly<Record<string, number>>) {
  const observation = observationByHand([]);
  return { ...observation, phases: observation.phases.map((phase) => ({ ...phase, counters })) };
}

it('counts by the judged second, what is rare by the replication, and ages by the message that was delivered', () => {
  const { phases } = counted({});
  const seconds = phases.reduce((sum, { judged, start_s, end_s }) => sum + (judged ? end_s - start_s : 0), 0);
  const quiet = counted({ 'app.visits': 600, 'database.writes_lost': 0, 'email.delivered': 2, 'email.age_s': 1 });
  const busy = counted({ 'app.visits': 1200, 'database.writes_lost': 7, 'email.delivered': 6, 'email.age_s': 15 });
  expect(countersOf([quiet, busy])).toEqual({
    per_s: { 'app.visits': 900 / seconds, 'email.delivered': 4 / seconds },
    per_replication: { 'database.writes_lost': 3.5 },
    mean_age_s: { email: 2 },
  });
});

it('has no age of messages of which none was delivered', () => {
  expect(countersOf([counted({ 'email.delivered': 0, 'email.age_s': 0 })]).mean_age_s).toEqual({});
});
