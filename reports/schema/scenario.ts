import { z } from 'zod';
import { key } from './key.ts';
import { COUNT, CRITERION, FORMULA, PLAIN, TEXT, TIME } from './scalars.ts';

const PHASE = z.strictObject({
  name: key(TEXT, 'Its name', 'peak'),
  duration: key(TIME, 'How long it lasts', '60 s'),
  rate: key(FORMULA, 'Requests a second at its start: a number or a formula', '7,000 req/s', 'traffic.peak').optional(),
  to: key(FORMULA, 'Requests a second at its end (default: as at its start)', '7,000 req/s').optional(),
  judged: key(
    z.literal([true, false, 'yes', 'no', 'true', 'false']),
    'Whether the criteria look at it (default: yes)',
    'no',
  ).optional(),
  target: key(TEXT, 'The tier whose first instance is driven (default: where requests enter)', 'app').optional(),
});

/** A scenario file, as the reader in model/scenario accepts it. Which engines there are is for the caller to say. */
export function scenarioFile(engines: readonly string[]): z.ZodObject {
  return z.strictObject({
    scenario: key(TEXT, "The scenario's name", 'peak'),
    title: key(TEXT, 'As reports show it', 'The peak of a Saturday').optional(),
    plan: key(TEXT, 'The plan that it is for', 'my-shop').optional(),
    steps: key(z.array(COUNT), "The steps that it applies to (default: all of the plan's)", [1, 2]).optional(),
    engine: key(z.enum(engines), 'What drives the load (default: open-loop)', 'open-loop').optional(),
    arrivals: key(z.enum(['poisson', 'uniform']), 'When requests arrive (default: poisson)', 'poisson').optional(),
    phases: key(z.array(PHASE), 'What happens, one phase after the other', [
      { name: 'ramp', duration: '20 s', rate: '100 req/s', to: '1,000 req/s', judged: 'no' },
      { name: 'steady', duration: '60 s', rate: '1,000 req/s' },
    ]),
    mix: key(z.record(z.string(), PLAIN), "Shares of request classes (default: the plan's)", {
      search: '100 %',
    }).optional(),
    connections: key(COUNT, 'Connections that the generator may open (default: 128)', 512).optional(),
    in_flight_cap: key(COUNT, 'Requests under way at most (default: 2000)', 4000).optional(),
    expect: key(z.array(CRITERION), 'What has to hold', ['p95(latency) < 500 ms', 'error_rate < 0.1 %']).optional(),
  });
}
