import { expect, test } from 'vitest';
import { DARK, LIGHT, TEXT_ON } from './palette.ts';

/** Relative luminance of a colour (WCAG 2.2, definition of the same name). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('contrast is measured as WCAG has it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

for (const [name, palette] of Object.entries({ LIGHT, DARK })) {
  test.each(TEXT_ON)(`${name}: %s can be read on %s`, (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(palette.series)(`${name}: the line %s stands out`, (colour) => {
    for (const ground of [palette.paper, palette.shade, palette.badShade]) {
      expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
    }
  });
}
