import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { normalQuantile } from '../uncertainty/normal-quantile.ts';
import { changePoints } from './change-points.ts';

const OPTIONS = { level: 0.01, seed: 42 };
/** Annual flow of the Nile at Aswan, 1871-1970, in 10^8 m³; G. W. Cobb, Biometrika 65 (1978) 243-251. It fell in 1899. */
const NILE = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

const noise = (seed: number, count: number, level = 100, spread = 3) => {
  const random = createRandom(seed, 'noise');
  return Array.from({ length: count }, () => level + spread * normalQuantile((random.below(9_999) + 1) / 10_001));
};

describe('changes of level in a series', () => {
  it('finds the one of the Nile: 1898 was the last year of the old level', () => {
    const [change, ...more] = changePoints(NILE, OPTIONS);
    expect(more).toEqual([]);
    expect(change?.at).toBe(1899 - 1871);
    expect(change).toMatchObject({ before: 1130, after: 842.5 });
    expect(change?.p).toBeLessThan(0.001);
  });

  it('finds several, each with the levels around it', () => {
    const series = [...noise(1, 20), ...noise(2, 20, 120), ...noise(3, 20, 100)];
    const found = changePoints(series, OPTIONS);
    expect(found.map(({ at }) => at)).toEqual([20, 40]);
    expect(found[0]?.before).toBeCloseTo(100, -1);
    expect(found[0]?.after).toBeCloseTo(120, -1);
  });

  it('is not misled by outliers', () => {
    const series = noise(4, 40).map((value, index) => (index % 13 === 5 ? value * 10 : value));
    expect(changePoints(series, OPTIONS)).toEqual([]);
  });

  it('finds nothing in one series of a hundred at the level of 1 %', () => {
    const alarms = Array.from({ length: 40 }, (_, seed) => changePoints(noise(100 + seed, 25), OPTIONS).length);
    expect(alarms.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  });

  it('passes over what does not matter, but not over what comes behind it', () => {
    const series = [...noise(5, 20, 100, 1), ...noise(6, 20, 104, 1), ...noise(7, 20, 130, 1)];
    expect(changePoints(series, OPTIONS).map(({ at }) => at)).toEqual([20, 40]);
    expect(changePoints(series, { ...OPTIONS, magnitude: 0.05 }).map(({ at }) => at)).toEqual([40]);
  });

  it('needs a few values on either side, and some that differ', () => {
    expect(changePoints([1, 1, 9, 9, 9], OPTIONS)).toEqual([]);
    expect(changePoints([], OPTIONS)).toEqual([]);
    expect(
      changePoints(
        Array.from({ length: 30 }, () => 7),
        OPTIONS,
      ),
    ).toEqual([]);
  });

  it('is the same for the same seed', () => {
    expect(changePoints(NILE, OPTIONS)).toEqual(changePoints(NILE, OPTIONS));
  });
});
