/** The version in the name changes with the body's shape, so that instances of two releases do not read each other's. */
export function productKey(productId: number): string {
  return `product:v2:${productId}`;
}

export function inventoryKey(productId: number): string {
  return `inventory:v1:${productId}`;
}
