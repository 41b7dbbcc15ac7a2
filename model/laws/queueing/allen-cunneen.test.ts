import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { allenCunneen } from './allen-cunneen.ts';
import { mg1 } from './mg1.ts';
import { mmc } from './mmc.ts';

const rho = double({ min: 0, max: 0.99, noNaN: true });
const scv = double({ min: 0, max: 20, noNaN: true });

test('Poisson arrivals and exponential service are M/M/c', () => {
  const check = property(rho, integer({ min: 1, max: 100 }), (rho, servers) => {
    const station = { arrivals_per_s: rho * servers, service_s: 1, servers };
    const found = allenCunneen({ ...station, arrivalScv: 1, serviceScv: 1 });
    expect(mmc(station.arrivals_per_s, 1, servers)).toMatchObject(found);
  });
  expect(() => assert(check)).not.toThrow();
});

test('Poisson arrivals at one server are M/G/1', () => {
  const check = property(rho, scv, (rho, serviceScv) => {
    const found = allenCunneen({ arrivals_per_s: rho, service_s: 1, servers: 1, arrivalScv: 1, serviceScv });
    expect(found.wait_s).toBeCloseTo(mg1(rho, 1, serviceScv).wait_s, 8);
    expect(found.numberInSystem).toBeCloseTo(rho * found.response_s, 8);
  });
  expect(() => assert(check)).not.toThrow();
});

test('arrivals and service by the clock never wait', () => {
  const regular = { arrivals_per_s: 9, service_s: 0.1, servers: 1, arrivalScv: 0, serviceScv: 0 };
  expect(allenCunneen(regular)).toMatchObject({ wait_s: 0, response_s: 0.1, numberInSystem: 0.9 });
});

test.each([0, 1])('an overloaded station has endless waits at a variation of %i', (variation) => {
  const overloaded = { arrivals_per_s: 10, service_s: 0.1, servers: 1, arrivalScv: variation, serviceScv: variation };
  expect(allenCunneen(overloaded)).toMatchObject({ wait_s: Infinity, queueLength: Infinity });
});

test('refuses a negative variation', () => {
  const station = { arrivals_per_s: 1, service_s: 0.1, servers: 1 };
  expect(() => allenCunneen({ ...station, arrivalScv: -1, serviceScv: 1 })).toThrow(RangeError);
  expect(() => allenCunneen({ ...station, arrivalScv: 1, serviceScv: NaN })).toThrow(RangeError);
});
