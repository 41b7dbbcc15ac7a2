import { expect, it } from 'vitest';
import type { Measurement } from '../model/judge/measurement.ts';
import { sideBySideText } from './side-by-side-text.ts';
import { plainStyle } from './style.ts';

it('has a line for each metric, and a dash for what was not seen', () => {
  const window = { phases: ['peak'], start_s: 0, end_s: 1 };
  const seen: Measurement = { value: 0.212, unit: 's', samples: 9, censored: false, window };
  const rows = [
    { metric: 'p95(latency)', phase: 'peak', simulated: seen, measured: { ...seen, value: 0.3, censored: true } },
    { metric: 'cpu(app)', simulated: null, measured: { ...seen, unit: 'core' as const } },
  ];
  expect(sideBySideText(rows, { style: plainStyle, width: 80 })).toMatchInlineSnapshot(`
    "metric                simulated    measured
    ───────────────────────────────────────────
    p95(latency) in peak     212 ms    ≥ 300 ms
    cpu(app)                      -  0.212 core
    "
  `);
});
