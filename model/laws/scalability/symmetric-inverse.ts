export type Vector3 = readonly [number, number, number];

/** A symmetric 3 × 3 matrix: its upper triangle, row by row. */
export type Symmetric3 = readonly [number, number, number, number, number, number];

/**
 * Inverse of a symmetric, positive definite 3 × 3 matrix by cofactors, after scaling its diagonal to 1: parameters of
 * very different size would otherwise cancel each other's digits.
 */
export function inverse([aa, ab, ac, bb, bc, cc]: Symmetric3): Symmetric3 {
  const [sa, sb, sc] = [Math.sqrt(aa), Math.sqrt(bb), Math.sqrt(cc)];
  const [x, y, z] = [ab / sa / sb, ac / sa / sc, bc / sb / sc];
  const determinant = 1 + 2 * x * y * z - x * x - y * y - z * z;
  const cofactors: Symmetric3 = [1 - z * z, y * z - x, x * z - y, 1 - y * y, x * y - z, 1 - x * x];
  const scales: Symmetric3 = [sa * sa, sa * sb, sa * sc, sb * sb, sb * sc, sc * sc];
  return map2(cofactors, scales, (cofactor, scale) => cofactor / determinant / scale);
}

export function times([aa, ab, ac, bb, bc, cc]: Symmetric3, [a, b, c]: Vector3): Vector3 {
  return [aa * a + ab * b + ac * c, ab * a + bb * b + bc * c, ac * a + bc * b + cc * c];
}

function map2(left: Symmetric3, right: Symmetric3, f: (l: number, r: number) => number): Symmetric3 {
  return [
    f(left[0], right[0]),
    f(left[1], right[1]),
    f(left[2], right[2]),
    f(left[3], right[3]),
    f(left[4], right[4]),
    f(left[5], right[5]),
  ];
}
