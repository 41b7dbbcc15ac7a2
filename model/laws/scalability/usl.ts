import { nonNegative, positive } from '../argument/argument.ts';

/**
 * Universal Scalability Law: X(N) = λN / (1 + σ(N - 1) + κN(N - 1)).
 * Literature: N. J. Gunther, Guerrilla Capacity Planning, 2007, chapters 4-6; A General Theory of Computational
 * Scalability Based on Rational Functions, arXiv:0808.1431.
 */
export interface Usl {
  /** λ: throughput of one server or client, per second. */
  readonly lambda_per_s: number;
  /** σ: contention, the share of work that queues for something shared. 0 or more. */
  readonly sigma: number;
  /** κ: coherency, what each pair of servers costs to be kept in agreement. 0 or more. */
  readonly kappa: number;
}

/** X(N) per second, for N servers or clients from 1, whole or not. RangeError for N below 1 or negative parameters. */
export function uslThroughput_per_s(usl: Usl, n: number): number {
  requireUsl(usl);
  if (!(n >= 1 && n < Infinity)) throw new RangeError(`the law holds from one server or client on, not for ${n}`);
  return (usl.lambda_per_s * n) / (1 + usl.sigma * (n - 1) + usl.kappa * n * (n - 1));
}

/** X(N) / (λN): the share of linear growth that is left at N, from 0 to 1. */
export function uslEfficiency(usl: Usl, n: number): number {
  return uslThroughput_per_s(usl, n) / (usl.lambda_per_s * n);
}

/**
 * N* = sqrt((1 - σ) / κ), where throughput is highest and beyond which it falls; at least 1. The best whole number is
 * one of its two neighbours. Infinity when nothing but contention slows the system (κ = 0, σ < 1).
 */
export function uslPeak(usl: Usl): number {
  requireUsl(usl);
  if (usl.sigma >= 1) return 1;
  return Math.max(1, Math.sqrt((1 - usl.sigma) / usl.kappa));
}

/**
 * X(N*) per second. When κ = 0 throughput has no peak but a ceiling, λ / σ, as in Amdahl's law; Infinity when σ is 0 as
 * well.
 */
export function uslPeakThroughput_per_s(usl: Usl): number {
  const peak = uslPeak(usl);
  return peak < Infinity ? uslThroughput_per_s(usl, peak) : usl.lambda_per_s / usl.sigma;
}

function requireUsl({ lambda_per_s, sigma, kappa }: Usl): void {
  positive('lambda_per_s', lambda_per_s);
  nonNegative('sigma', sigma);
  nonNegative('kappa', kappa);
}
