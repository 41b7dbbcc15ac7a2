import { expect, test } from 'vitest';
import { SingleFlight } from './single-flight.ts';

const fail = () => Promise.reject(new Error('away'));

test('callers at the same time share a load; later callers load anew', async () => {
  const flights = new SingleFlight<number>();
  const gate = Promise.withResolvers<void>();
  let loads = 0;
  const load = async () => {
    loads += 1;
    await gate.promise;
    return loads;
  };
  const together = [flights.run('a', load), flights.run('a', load), flights.run('b', load)];
  gate.resolve();
  await Promise.all(together);
  expect(loads).toBe(2);
  await flights.run('a', load);
  expect(loads).toBe(3);
});

test('a failed load fails all who waited for it, and is not remembered', async () => {
  const flights = new SingleFlight<string>();
  await Promise.all([
    expect(flights.run('a', fail)).rejects.toThrow('away'),
    expect(flights.run('a', fail)).rejects.toThrow('away'),
  ]);
  await expect(flights.run('a', () => Promise.resolve('back'))).resolves.toBe('back');
});
