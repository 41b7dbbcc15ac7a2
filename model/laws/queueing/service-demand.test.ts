import { expect, test } from 'vitest';
import { measuredServiceDemand, serviceDemand } from './service-demand.ts';
import { utilisation } from './utilisation.ts';

test('16 visits of 125 ms each need 2 s', () => {
  expect(serviceDemand(16, 0.125)).toBe(2);
  expect(serviceDemand(0, 0.125)).toBe(0);
});

test('a measurement gives back the demand that made it', () => {
  const busy = utilisation(30, serviceDemand(4, 0.05), 8);
  expect(measuredServiceDemand(busy, 30, 8)).toBeCloseTo(0.2, 12);
});

test('refuses what measures nothing', () => {
  expect(() => measuredServiceDemand(0.5, 0, 1)).toThrow(RangeError);
  expect(() => serviceDemand(-1, 1)).toThrow(RangeError);
});
