import { erlangC } from '../laws/queueing/erlang-c.ts';

/** How a time grows with utilisation: base + factor × work × congestion. */
export interface ResponseCurve {
  /** What it takes when nobody is in the way: work, and waits that are none of the processor's. */
  readonly base_s: number;
  /** 1 for processor sharing as theory has it; more where work comes in lumps. */
  readonly factor: number;
}

/** A time that was measured at some utilisation, where a request was `work_s` of processor time. */
export interface ResponsePoint {
  readonly congestion_s: number;
  readonly time_s: number;
}

/**
 * What a request that needs `work_s` of processor time waits on `cores` that share it with others: work × C(c, cρ) / (c (1 - ρ)),
 * with C of Erlang's delay formula. In M/G/c-PS this depends on the mean work only, however it is distributed (exact on one core
 * and for exponential work, close otherwise). RangeError from ρ = 1 on.
 * Literature: L. Kleinrock, Time-shared Systems: A Theoretical Treatment, JACM 14 (1967); Queueing Systems, vol. 2, 1976, ch. 4.
 */
export function congestion_s(work_s: number, utilisation: number, cores: number): number {
  if (!(utilisation >= 0 && utilisation < 1))
    throw new RangeError(`no queue settles at a utilisation of ${utilisation}`);
  return (work_s * erlangC(cores * utilisation, cores)) / (cores * (1 - utilisation));
}

/**
 * The curve nearest to what was measured, by least squares of relative errors, base and factor 0 or more. RangeError for fewer
 * than two points or a time that is not above 0.
 */
export function fitResponse(points: readonly ResponsePoint[]): ResponseCurve {
  if (points.length < 2) throw new RangeError(`a response curve needs 2 points, not ${points.length}`);
  let [ww, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  for (const { congestion_s: x, time_s: y } of points) {
    if (!(y > 0)) throw new RangeError(`a time is above 0, not ${y}`);
    const weight = 1 / (y * y);
    ww += weight;
    wx += weight * x;
    wxx += weight * x * x;
    wy += weight * y;
    wxy += weight * x * y;
  }
  const determinant = ww * wxx - wx * wx;
  const factor = determinant > 0 ? (ww * wxy - wx * wy) / determinant : 0;
  if (factor <= 0) return { base_s: wy / ww, factor: 0 };
  const base_s = (wy - factor * wx) / ww;
  return base_s >= 0 ? { base_s, factor } : { base_s: 0, factor: wxy / wxx };
}

export function timeOn({ base_s, factor }: ResponseCurve, congestion: number): number {
  return base_s + factor * congestion;
}
