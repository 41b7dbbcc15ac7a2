import { exp, ln } from '../../random/portable-math.ts';

/**
 * A decreasing density f over x >= 0, cut into layers of equal area. Layer i reaches from 0 to `edges[i]`, and its part up
 * to `edges[i + 1]` lies under the density for certain. Layer 0 stands for the tail as well, beyond `edges[1]`.
 * Literature: G. Marsaglia, W. W. Tsang, The Ziggurat Method for Generating Random Variables, J. Stat. Softw. 5 (2000).
 */
export interface Ziggurat {
  /** Where the tail begins. */
  readonly tail: number;
  readonly edges: Float64Array;
  /** f at each edge. */
  readonly densities: Float64Array;
}

/** A power of two, so that the lowest bits of a draw choose a layer. */
export const LAYERS = 256;

/** f(x) = e^-x; the tail and the area are those of the paper. */
export const EXPONENTIAL_ZIGGURAT = ziggurat(
  7.69711747013105,
  0.003949659822581557,
  (x) => exp(-x),
  (density) => -ln(density),
);

/** f(x) = e^(-x²/2), the right half; the tail and the area are those that close 256 layers. */
export const NORMAL_ZIGGURAT = ziggurat(
  3.6541528853610088,
  0.00492867323399,
  (x) => exp((-x * x) / 2),
  (density) => Math.sqrt(-2 * ln(density)),
);

function ziggurat(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (density: number) => number,
): Ziggurat {
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = area / density(tail);
  let edge = tail;
  for (let i = 1; i < LAYERS; i++) {
    edges[i] = edge;
    // Rounding may put the topmost edge a hair above the peak, where there is no x.
    edge = inverse(Math.min(1, density(edge) + area / edge));
  }
  return { tail, edges, densities: edges.map(density) };
}
