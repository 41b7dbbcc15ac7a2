import { ln } from '../random/portable-math.ts';

/** Numerator and denominator of a rational function, each from the constant term upwards. */
type Rational = readonly [readonly number[], readonly number[]];

/** In q = u - 1/2, as a function of 0.425² - q²: the middle, |q| <= 0.425. */
const MIDDLE: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];
/** In r - 1.6 for r = sqrt(-ln(tail)) <= 5. */
const TAIL: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
/** In r - 5 for r beyond 5: tails below 1.4e-11. */
const FAR_TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.4215117583164459e-7, 2.0442631033899397e-15,
  ],
];

/**
 * Quantile of the standard normal distribution: z with P(Z <= z) = u, for 0 < u < 1; relative accuracy about 1e-16.
 * Literature: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477-484, routine PPND16.
 */
export function normalQuantile(u: number): number {
  if (!(u > 0 && u < 1)) throw new RangeError(`a probability of a quantile lies between 0 and 1, not ${u}`);
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(MIDDLE, 0.180625 - q * q);
  const r = Math.sqrt(-ln(q < 0 ? u : 1 - u));
  const z = r <= 5 ? ratio(TAIL, r - 1.6) : ratio(FAR_TAIL, r - 5);
  return q < 0 ? -z : z;
}

function ratio([numerator, denominator]: Rational, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}
