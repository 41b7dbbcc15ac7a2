import { expect, test } from 'vitest';
import { EXPONENTIAL_ZIGGURAT, LAYERS, NORMAL_ZIGGURAT } from './ziggurat.ts';

// Areas beyond the tail: e^-7.697... and sqrt(2π) Q(3.654...).
test.each([
  ['exponential', EXPONENTIAL_ZIGGURAT, 0.003949659822581557, 4.541346e-4],
  ['normal', NORMAL_ZIGGURAT, 0.00492867323399, 3.233e-4],
])(
  'all layers of the %s one have the same area, the tail included',
  (_name, { edges, densities, tail }, area, beyond) => {
    expect(edges[1]).toBe(tail);
    expect(edges[LAYERS]).toBe(0);
    expect(densities[LAYERS]).toBe(1);
    for (let i = 1; i < LAYERS; i++)
      expect((edges[i] ?? 0) * ((densities[i + 1] ?? 0) - (densities[i] ?? 0))).toBeCloseTo(area, 10);
    expect(tail * (densities[1] ?? 0) + beyond).toBeCloseTo(area, 6);
  },
);
