/** What is delivered of an image: WebP, no wider or higher than this. */
export const VARIANTS = { thumb: 200, medium: 600, large: 1_600 } as const;
export type Variant = keyof typeof VARIANTS;
export const VARIANT_NAMES: readonly Variant[] = ['thumb', 'medium', 'large'];

/** What an image may be uploaded as. */
export const FORMATS = ['jpeg', 'png', 'webp'] as const;
export type ImageFormat = (typeof FORMATS)[number];

/** Key of a variant in the object store, and its path below IMAGES_URL. */
export function variantKey(productId: number, imageId: string, variant: Variant): string {
  return `products/${productId}/${imageId}/${variant}.webp`;
}

/** Key of what was uploaded, without its metadata: kept to make other variants from, and delivered to nobody. */
export function originalKey(productId: number, imageId: string, format: ImageFormat): string {
  return `products/${productId}/${imageId}/original.${format}`;
}

/** All keys of an image. */
export function keysOf(productId: number, imageId: string, format: ImageFormat): string[] {
  const variants = VARIANT_NAMES.map((variant) => variantKey(productId, imageId, variant));
  return [...variants, originalKey(productId, imageId, format)];
}
