import { z } from 'zod';
import { ROLES } from '../auth/roles.ts';
import { EVENT_KINDS } from '../effects/event.ts';

/** What the API answers with. Nothing is served through these: they are what the document says, and tests hold the answers to them. */

const id = z.int().min(1);
const cents = z.int().min(0);
const time = z.string();
const orderStatus = z.enum(['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED']);
const paymentStatus = z.enum(['PENDING', 'SUCCESS', 'FAILED', 'REFUNDED', 'CANCELLED']);

export const failure = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});

const listed = z.strictObject({ id, name: z.string(), category: z.string(), priceCents: cents, inStock: z.boolean() });
/** Of six services, a page comes without what is away; only there does it name what is bought together. */
export const product = z.strictObject({
  ...listed.shape,
  inStock: z.boolean().optional(),
  description: z.string(),
  sellerId: id,
  mainImage: z.url().nullable(),
  boughtTogether: z.array(id).max(10).optional(),
});
export const image = z.strictObject({
  imageId: z.uuid(),
  width: z.int().min(1),
  height: z.int().min(1),
  thumb: z.url().nullable(),
  medium: z.url().nullable(),
  large: z.url().nullable(),
});
export const imageList = z.strictObject({ images: z.array(image) });
export const productPage = z.strictObject({ products: z.array(listed), nextCursor: z.string().nullable() });
export const searchPage = z.strictObject({
  query: z.string(),
  page: z.int().min(1),
  hasMore: z.boolean(),
  products: z.array(listed),
});
export const cart = z.strictObject({
  items: z.array(z.strictObject({ productId: id, name: z.string(), priceCents: cents, quantity: id })),
  totalItems: z.int().min(0),
  totalCents: cents,
});
export const order = z.strictObject({
  orderId: id,
  status: orderStatus,
  totalCents: cents,
  shippingAddress: z.string(),
  createdAt: time,
  payment: z.strictObject({ method: z.enum(['CARD', 'UPI', 'COD']), status: paymentStatus, amountCents: cents }),
  items: z.array(z.strictObject({ productId: id, quantity: id, priceCents: cents })),
});
export const orderPage = z.strictObject({
  orders: z.array(z.strictObject({ orderId: id, status: orderStatus, totalCents: cents, createdAt: time })),
  nextCursor: z.string().nullable(),
});
export const tracking = z.strictObject({
  orderId: id,
  status: orderStatus,
  trackingId: z.string().nullable(),
  events: z.array(z.strictObject({ status: orderStatus, at: time })),
});
export const address = z.strictObject({
  addressId: id,
  label: z.string().nullable(),
  address: z.string(),
  createdAt: time,
});
export const addresses = z.strictObject({ addresses: z.array(address) });
export const session = z.strictObject({
  userId: id,
  role: z.enum(ROLES),
  token: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn_s: z.int(),
  refreshToken: z.string(),
  refreshExpiresIn_s: z.int(),
});
export const profile = z.strictObject({
  userId: id,
  email: z.string(),
  name: z.string().nullable(),
  role: z.enum(ROLES),
  createdAt: time,
});
export const notifications = z.strictObject({
  notifications: z.array(
    z.strictObject({ notificationId: id, orderId: id, kind: z.enum(EVENT_KINDS), createdAt: time }),
  ),
});
const rating = z.int().min(1).max(5);
export const reviews = z.strictObject({
  productId: id,
  count: z.int(),
  average: z.number().nullable(),
  reviews: z.array(z.strictObject({ userId: id, rating, comment: z.string(), createdAt: time })),
});
export const writtenReview = z.strictObject({ productId: id, rating, comment: z.string() });
export const inventory = z.strictObject({ productId: id, stock: z.int().min(0) });
export const changedProduct = z.strictObject({ productId: id, stock: z.int().min(0), priceCents: cents });
export const picked = z.strictObject({ orderId: id, productId: id, quantity: id, stock: z.int().min(0) });
export const recommendations = z.strictObject({
  recommendations: z.array(z.strictObject({ productId: id, orders: z.int().min(1) })).max(10),
});
export const auditPage = z.strictObject({
  entries: z.array(
    z.strictObject({
      auditId: id,
      at: time,
      userId: id,
      role: z.enum(ROLES),
      action: z.string(),
      subject: z.string(),
      allowed: z.boolean(),
    }),
  ),
});
export const deadLetters = z.strictObject({
  deadLetters: z.array(z.strictObject({ eventId: id, kind: z.enum(EVENT_KINDS), orderId: id, error: z.string() })),
});
export const replayed = z.strictObject({ replayed: z.int().min(0) });
export const paymentNews = z.object({ orderId: id, transactionId: z.string(), paid: z.boolean() });
export const health = z.strictObject({
  status: z.enum(['healthy', 'unhealthy']),
  instance: z.string(),
  database: z.enum(['up', 'down']),
  cache: z.enum(['up', 'down', 'off']),
  broker: z.enum(['up', 'down', 'off']),
  draining: z.boolean(),
});
