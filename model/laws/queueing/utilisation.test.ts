import { expect, test } from 'vitest';
import { utilisation } from './utilisation.ts';

// First line: the disk of Lazowska et al., Quantitative System Performance, 1984, ch. 3.
test.each([
  [40, 0.0225, 1, 0.9],
  [40, 0.0225, 3, 0.3],
  [0, 0.0225, 1, 0],
  [310, 1 / 120, 2, 310 / 240],
])('%d per second of %d s each on %i servers', (throughput_per_s, service_s, servers, expected) => {
  expect(utilisation(throughput_per_s, service_s, servers)).toBeCloseTo(expected, 12);
});

test.each([
  ['throughput', -1, 1, 1],
  ['service time', 1, -1, 1],
  ['service time', 1, NaN, 1],
  ['throughput', Infinity, 1, 1],
  ['product', 1e200, 1e200, 1],
  ['servers', 1, 1, 0],
  ['servers', 1, 1, 1.5],
])('refuses a wrong %s', (_, throughput_per_s, service_s, servers) => {
  expect(() => utilisation(throughput_per_s, service_s, servers)).toThrow(RangeError);
});
