import { expect, test } from 'vitest';
import { Passwords } from './passwords.ts';

test('a password matches its own hash only', async () => {
  const passwords = new Passwords(4);
  const hash = await passwords.hash('open sesame');
  expect(await passwords.matches('open sesame', hash)).toBe(true);
  expect(await passwords.matches('open barley', hash)).toBe(false);
});

test('without a hash nothing matches, not even the decoy', async () => {
  expect(await new Passwords(4).matches('nobody has this password', undefined)).toBe(false);
});

test('more at a time than can be served are turned away with 503', async () => {
  const passwords = new Passwords(4);
  const results = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash('open sesame')));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(16);
  expect(refused[0]?.reason).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  await expect(passwords.hash('open sesame')).resolves.toMatch(/^\$2b\$04\$/);
});
