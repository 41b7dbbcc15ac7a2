import { expect, test } from 'vitest';
import { conservationProblems } from './conservation.ts';

const good = { scheduled: 10, sent: 8, dropped: 2, ok: 4, http_error: 1, timeout: 1, reset: 1, in_flight_at_end: 1 };

test('finds nothing when everything adds up', () => {
  expect(conservationProblems(good)).toEqual([]);
});

test('finds one request too many or too few, on either side', () => {
  expect(conservationProblems({ ...good, scheduled: 11 })).toHaveLength(1);
  expect(conservationProblems({ ...good, ok: 3 })).toHaveLength(1);
  expect(conservationProblems({ ...good, sent: 9 })).toHaveLength(2);
});
