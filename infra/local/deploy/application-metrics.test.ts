import { expect, test } from 'vitest';
import { parseAnswers } from './application-metrics.ts';
import { assertFewErrors } from './watch.ts';

test('counts what clients were answered, without those who watch', () => {
  const text = `# TYPE shop_http_requests_total counter
shop_http_requests_total{route="/api/v1/products/:id",status="200"} 990
shop_http_requests_total{route="/api/v1/orders",status="409"} 5
shop_http_requests_total{route="/api/v1/orders",status="503"} 4
shop_http_requests_total{route="/metrics",status="500"} 70
shop_requests_in_flight 3
`;
  expect(parseAnswers(text)).toEqual({ requests: 999, errors: 4, in_flight: 3 });
  expect(parseAnswers('')).toEqual({ requests: 0, errors: 0, in_flight: 0 });
});

test.each([
  [0, 0, true],
  [4, 4, true],
  [10_000, 10, true],
  [10_000, 11, false],
  [5, 5, false],
])('of %d answers %d failures: fit %s', (requests, errors, fit) => {
  const check = (): void => assertFewErrors({ duration_s: 1, requests, errors });
  if (fit) expect(check).not.toThrow();
  else expect(check).toThrow(`${errors} of ${requests} requests`);
});
