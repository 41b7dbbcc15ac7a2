import { describe, expect, it } from 'vitest';
import { plot } from './plot.ts';
import type { PlotRequest } from './plot.ts';

const xs = [0, 1, 2, 3, 4];
const x = { label: 'users (M)', values: xs, format: String };
const y = { label: 'utilisation', format: (value: number): string => `${value} %` };
const drawn = (request: Partial<PlotRequest>): string =>
  `\n${plot({ x, y, series: [{ label: 'app', values: [0, 50, 100, 150, 200] }], width: 40, height: 7, ...request })}\n`;

describe('a plot', () => {
  it('draws one series in dots, with a line across and a mark on the axis', () => {
    expect(drawn({ y: { ...y, lines: [100] }, x: { ...x, marks: [2] } })).toMatchInlineSnapshot(`
      "
      utilisation
      200 % ┤                            ⢀⡠⠤⠒⠉
            │                        ⣀⠤⠔⠋⠁
            │                   ⣀⠤⠔⠊⠉
      100 % ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄⣀⡠⠴⠊⠉┄┄┄┄┄┄┄┄┄┄┄┄┄┄
            │         ⣀⡠⠔⠒⠉
            │    ⢀⣠⠔⠒⠉
        0 % ┤⣀⠤⠒⠊⠁
            └┬───────────────▲───────────────┬
             0               2               4
                         users (M)
      "
    `);
  });

  it('tells several series apart by their characters, leaves gaps, and shows what has no bound', () => {
    const series = [
      { label: 'app', values: [0, 50, 100, 150, 200] },
      { label: 'load balancer', values: [200, 100, null, 50, 50] },
      { label: 'database', values: [150, 150, 180, Infinity, Infinity] },
    ];
    expect(drawn({ series })).toMatchInlineSnapshot(`
      "
      utilisation
      200 % ┤ooo            ++       ∞   ****∞
            │++ooo++++++++++         *****
            │     oo            *****
      100 % ┤       oo     *****
            │         *****
            │    *****               ooooooooo
        0 % ┤*****
            └┬───────────────┬───────────────┬
             0               2               4
                         users (M)
        * app  o load balancer  + database
      "
    `);
  });

  it('has log axes', () => {
    const values = [1, 10, 100, 1000, 10_000];
    const log = { x: { ...x, values, scale: 'log' as const }, y: { ...y, scale: 'log' as const } };
    expect(drawn({ ...log, series: [{ label: 'app', values }] })).toMatchInlineSnapshot(`
      "
      utilisation
             │                           ⢀⣀⠤⠒⠉
             │                       ⣀⠤⠒⠊⠁
      1000 % ┤                  ⣀⡠⠔⠊⠉
             │              ⣀⠤⠖⠉
             │         ⣀⡠⠔⠊⠉
             │    ⢀⡠⠤⠒⠉
         1 % ┤⣀⠤⠒⠉⠁
             └┬──────────────────────┬───────┬
              1                    1000  10000
                         users (M)
      "
    `);
  });

  it.each([[[0, 0, 0, 0, 0]], [[-5, -5, -5, -5, -5]], [[7, 7, 7, 7, 7]], [[null, null, Infinity, null, null]]])(
    'has a field for %j',
    (values) => expect(drawn({ series: [{ label: 'app', values }] }).split('\n')).toHaveLength(13),
  );

  it.each([40, 60, 80, 100, 120])('stays within %i columns and 16 rows', (width) => {
    const long = { ...y, format: (value: number): string => `${value.toLocaleString('en')} req/s` };
    const series = Array.from({ length: 8 }, (_, i) => ({
      label: `tier ${i}`,
      values: xs.map((each) => each * i * 1e6),
    }));
    const rows = plot({ x, y: long, series: series.slice(0, width >= 100 ? 8 : 3), width }).split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(width);
    expect(rows.length).toBeLessThanOrEqual(16);
  });

  it.each([
    [{ x: { ...x, values: [1] }, series: [] }, 'two points'],
    [{ series: [{ label: 'app', values: [1] }] }, 'app has 1 values for 5 points'],
    [{ series: Array.from({ length: 9 }, () => ({ label: 'app', values: xs })) }, '8 series at most'],
  ])('refuses %#', (request, message) => expect(() => drawn(request)).toThrow(message));
});
