import { inverse, times } from './symmetric-inverse.ts';
import type { Symmetric3, Vector3 } from './symmetric-inverse.ts';
import type { Usl } from './usl.ts';

/** One measurement: throughput with N servers or clients. */
export interface UslPoint {
  readonly n: number;
  readonly throughput_per_s: number;
}

export interface LeastSquares {
  readonly usl: Usl;
  /** Sum of squared residuals. */
  readonly squares: number;
  /** Inverse of JᵀJ over λ, σ, κ at the solution. */
  readonly covariance: Symmetric3;
}

/** Which of λ, σ, κ may move (1); the others are held at 0. */
const FREE: readonly Vector3[] = [
  [1, 1, 1],
  [1, 1, 0],
  [1, 0, 1],
  [1, 0, 0],
];
const STEPS_MAX = 200;

/**
 * Least squares with σ, κ >= 0. The constrained optimum is the free one of some subset of the parameters with the rest
 * at their bound, so each of the four subsets is solved and the best admissible solution kept.
 */
export function leastSquares(points: readonly UslPoint[]): LeastSquares {
  const start = linearised(points);
  const solutions = FREE.map((free) => refine(points, start, free))
    .filter(([lambda, sigma, kappa]) => lambda > 0 && sigma >= 0 && kappa >= 0)
    .map((parameters) => ({ parameters, squares: squaresOf(points, parameters) }));
  const { parameters, squares } = solutions.reduce((best, each) => (each.squares < best.squares ? each : best));
  const [lambda_per_s, sigma, kappa] = parameters;
  return { usl: { lambda_per_s, sigma, kappa }, squares, covariance: inverse(normal(points, parameters).matrix) };
}

/**
 * Levenberg-Marquardt from `start`: (JᵀJ + damping diag(JᵀJ)) step = Jᵀ residuals, with less damping after a step that
 * helps and more after one that does not. D. W. Marquardt, SIAM J. Appl. Math. 11 (1963) 431-441.
 */
function refine(points: readonly UslPoint[], start: Vector3, free: Vector3): Vector3 {
  let at: Vector3 = [start[0], start[1] * free[1], start[2] * free[2]];
  let squares = squaresOf(points, at);
  let damping = 1e-3;
  for (let i = 0; i < STEPS_MAX && damping < 1e12; i++) {
    const { matrix, gradient } = normal(points, at, free);
    const step = times(inverse(damped(matrix, damping)), gradient);
    const next: Vector3 = [at[0] + step[0], at[1] + step[1], at[2] + step[2]];
    const reached = squaresOf(points, next);
    if (reached < squares) {
      at = next;
      squares = reached;
      damping /= 10;
    } else damping *= 10;
  }
  return at;
}

/** JᵀJ and Jᵀ residuals; a parameter that is not free gets a row of its own that moves nothing. */
function normal(points: readonly UslPoint[], at: Vector3, free: Vector3 = [1, 1, 1]) {
  const matrix: [number, number, number, number, number, number] = [0, 0, 0, 1 - free[1], 0, 1 - free[2]];
  const gradient: [number, number, number] = [0, 0, 0];
  for (const { n, throughput_per_s } of points) {
    const d = denominator(n, at);
    const residual = throughput_per_s - (at[0] * n) / d;
    const a = n / d;
    const b = free[1] * ((-at[0] * n * (n - 1)) / (d * d));
    const c = free[2] * ((-at[0] * n * n * (n - 1)) / (d * d));
    matrix[0] += a * a;
    matrix[1] += a * b;
    matrix[2] += a * c;
    matrix[3] += b * b;
    matrix[4] += b * c;
    matrix[5] += c * c;
    gradient[0] += a * residual;
    gradient[1] += b * residual;
    gradient[2] += c * residual;
  }
  return { matrix, gradient };
}

function damped([aa, ab, ac, bb, bc, cc]: Symmetric3, damping: number): Symmetric3 {
  const grow = 1 + damping;
  return [aa * grow, ab, ac, bb * grow, bc, cc * grow];
}

function denominator(n: number, [, sigma, kappa]: Vector3): number {
  return 1 + sigma * (n - 1) + kappa * n * (n - 1);
}

/** Infinity where the parameters leave the law's domain, so that no step goes there. */
function squaresOf(points: readonly UslPoint[], at: Vector3): number {
  let sum = 0;
  for (const { n, throughput_per_s } of points) {
    const d = denominator(n, at);
    if (!(d > 0)) return Infinity;
    const residual = throughput_per_s - (at[0] * n) / d;
    sum += residual * residual;
  }
  return sum;
}

/**
 * A start from the law's linear form, N / X = 1/λ + σ/λ (N - 1) + κ/λ N(N - 1), by ordinary least squares; σ and κ that
 * come out negative start at 0.
 */
function linearised(points: readonly UslPoint[]): Vector3 {
  const matrix: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  const right: [number, number, number] = [0, 0, 0];
  for (const { n, throughput_per_s } of points) {
    const b = n - 1;
    const c = n * (n - 1);
    const y = n / throughput_per_s;
    matrix[0] += 1;
    matrix[1] += b;
    matrix[2] += c;
    matrix[3] += b * b;
    matrix[4] += b * c;
    matrix[5] += c * c;
    right[0] += y;
    right[1] += b * y;
    right[2] += c * y;
  }
  const [a, b, c] = times(inverse(matrix), right);
  const best = Math.max(...points.map(({ n, throughput_per_s }) => throughput_per_s / n));
  return a > 0 ? [1 / a, Math.max(0, b / a), Math.max(0, c / a)] : [best, 0, 0];
}
