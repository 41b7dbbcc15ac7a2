import { z } from 'zod';
import { login, refreshing, registration } from '../auth/auth-routes.ts';
import { addition, setting } from '../cart/cart-routes.ts';
import { IMAGE_TYPES } from '../images/image-format.ts';
import { pick } from '../inventory/inventory-routes.ts';
import { orderBody } from '../orders/order-request.ts';
import { productChange } from '../products/product-change-routes.ts';
import { review } from '../reviews/review-routes.ts';
import { roleChange } from '../staff/admin-routes.ts';
import { replay } from '../staff/staff-routes.ts';
import { profileChange } from '../users/user-routes.ts';
import * as answers from './answers.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One operation of the API, as it is served. */
export interface Operation {
  readonly method: Method;
  /** As Express has it, without the prefix. */
  readonly path: string;
  /** Where that is not `/api/v1`. */
  readonly prefix?: string;
  /** What stands in the path, where that is not an id. */
  readonly parameter?: z.ZodType;
  readonly summary: string;
  /** Who may: everybody, whoever is logged in, or staff with a permission. */
  readonly access: 'public' | 'login' | 'staff';
  readonly body?: z.ZodType;
  /** Content types of a body that is no JSON. */
  readonly bodyTypes?: readonly string[];
  readonly status: number;
  /** Absent when the answer has no body. */
  readonly answer?: z.ZodType;
}

export const PREFIX = '/api/v1';

const none = {};

/** Every operation under the prefix; a test holds the routes to it. */
export const OPERATIONS: readonly Operation[] = [
  operation('get', '/products/:id', 'A product', 'public', 200, { answer: answers.product }),
  operation('get', '/products', 'Products, filtered, sorted and paged', 'public', 200, { answer: answers.productPage }),
  operation('get', '/search', 'Full-text search', 'public', 200, { answer: answers.searchPage }),
  operation('get', '/cart', 'The cart', 'login', 200, { answer: answers.cart }),
  operation('post', '/cart/items', 'Add to the cart', 'login', 200, { body: addition, answer: answers.cart }),
  operation('put', '/cart/items/:productId', 'Set a quantity', 'login', 200, { body: setting, answer: answers.cart }),
  operation('delete', '/cart/items/:productId', 'Remove from the cart', 'login', 204, none),
  operation('post', '/orders', 'Place an order; Idempotency-Key makes repeats one', 'login', 201, {
    body: orderBody,
    answer: answers.order,
  }),
  operation('get', '/orders', 'Past orders, the latest first', 'login', 200, { answer: answers.orderPage }),
  operation('get', '/orders/:id', 'An order', 'login', 200, { answer: answers.order }),
  operation('get', '/orders/:id/track', 'Where an order is', 'login', 200, { answer: answers.tracking }),
  operation('post', '/orders/:id/cancel', 'Cancel an order that is not shipped', 'login', 200, {
    answer: answers.order,
  }),
  operation('post', '/auth/register', 'Open an account', 'public', 201, {
    body: registration,
    answer: answers.session,
  }),
  operation('post', '/auth/login', 'Log in', 'public', 200, { body: login, answer: answers.session }),
  operation('post', '/auth/refresh', 'New tokens for a refresh token', 'public', 200, {
    body: refreshing,
    answer: answers.session,
  }),
  operation('post', '/auth/logout', 'End a login', 'public', 204, { body: refreshing }),
  operation('get', '/users/me', 'The profile', 'login', 200, { answer: answers.profile }),
  operation('patch', '/users/me', 'Change name or password', 'login', 200, {
    body: profileChange,
    answer: answers.profile,
  }),
  operation('get', '/notifications', 'What happened to orders lately', 'login', 200, { answer: answers.notifications }),
  operation('get', '/products/:id/reviews', 'The latest reviews', 'public', 200, { answer: answers.reviews }),
  operation('post', '/products/:id/reviews', 'Review a product; appears seconds later', 'login', 202, {
    body: review,
    answer: answers.writtenReview,
  }),
  operation('get', '/products/:id/inventory', 'How many there are, some seconds ago', 'public', 200, {
    answer: answers.inventory,
  }),
  operation('get', '/products/:id/images', 'The images, the main one first', 'public', 200, {
    answer: answers.imageList,
  }),
  operation('post', '/products/:id/images', 'Add an image, at most 5 MB', 'staff', 201, {
    bodyTypes: IMAGE_TYPES,
    answer: answers.image,
  }),
  operation('delete', '/products/:id/images/:image', 'Remove an image', 'staff', 204, none),
  operation('patch', '/products/:id', 'Change price or stock', 'staff', 200, {
    body: productChange,
    answer: answers.changedProduct,
  }),
  operation('put', '/inventory/:productId/pick', 'Take a line of an order off the shelf', 'staff', 200, {
    body: pick,
    answer: answers.picked,
  }),
  operation('get', '/products/:id/recommendations', 'What was bought together with a product', 'public', 200, {
    answer: answers.recommendations,
  }),
  operation('get', '/recommendations', 'What was bought together with what one has bought', 'login', 200, {
    answer: answers.recommendations,
  }),
  operation('get', '/admin/orders/:id', 'Where any order is', 'staff', 200, { answer: answers.tracking }),
  operation('post', '/admin/orders/:id/cancel', 'Cancel any order', 'staff', 200, { answer: answers.order }),
  operation('post', '/admin/orders/:id/deliver', 'An order has arrived', 'staff', 200, { answer: answers.tracking }),
  operation('put', '/admin/users/:id/role', 'Give a role', 'staff', 204, { body: roleChange }),
  operation('get', '/admin/audit', 'What staff did and tried', 'staff', 200, { answer: answers.auditPage }),
  operation('get', '/admin/dead-letters', 'Events that died at a worker', 'staff', 200, {
    answer: answers.deadLetters,
  }),
  operation('post', '/admin/dead-letters/replay', 'Let them begin anew', 'staff', 200, {
    body: replay,
    answer: answers.replayed,
  }),
  operation('post', '/webhooks/payment', 'The payment provider tells, signed in X-Signature', 'public', 204, {
    body: answers.paymentNews,
  }),
  operation('get', '/health', 'Whether this instance can serve', 'public', 200, { answer: answers.health }),
  operation('get', '/ready', 'Whether requests should be sent here', 'public', 200, { answer: answers.health }),
  operation('get', '/metrics', 'Prometheus text', 'public', 200, none),
  operation('get', '/openapi.json', 'This document', 'public', 200, none),
];

/** The OpenAPI 3.1 document. Made once, at start. */
export function openApiDocument(operations: readonly Operation[] = OPERATIONS, title = 'Amazon Shop'): string {
  const paths: Record<string, Record<string, object>> = {};
  for (const each of operations) {
    const path = (each.prefix ?? PREFIX) + each.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [each.method]: describe(each) };
  }
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Failure: schemaOf(answers.failure, 'output') },
    },
  });
}

function describe({ summary, access, body, bodyTypes, status, answer, path, parameter }: Operation): object {
  const parameters = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOfParameter(name, parameter),
  }));
  const failure = { $ref: '#/components/schemas/Failure' };
  return {
    summary,
    ...(access === 'public' ? {} : { security: [{ bearer: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, ...json(schemaOf(body, 'input')) } }),
    ...(bodyTypes === undefined ? {} : { requestBody: { required: true, ...binary(bodyTypes) } }),
    responses: {
      [status]: { description: summary, ...(answer === undefined ? {} : json(schemaOf(answer, 'output'))) },
      default: { description: 'A failure', ...json(failure) },
    },
  };
}

function schemaOfParameter(name: string | undefined, parameter: z.ZodType | undefined): object {
  if (parameter !== undefined) return schemaOf(parameter, 'input');
  return name === 'image' ? { type: 'string', format: 'uuid' } : { type: 'integer', minimum: 1 };
}

function json(schema: object): object {
  return { content: { 'application/json': { schema } } };
}

/** OpenAPI 3.1, 4.8.14.2: bytes of a content type have no schema. */
function binary(types: readonly string[]): object {
  return { content: Object.fromEntries(types.map((type) => [type, {}])) };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}

function operation(
  method: Method,
  path: string,
  summary: string,
  access: Operation['access'],
  status: number,
  { body, bodyTypes, answer }: Pick<Operation, 'body' | 'bodyTypes' | 'answer'>,
): Operation {
  return {
    method,
    path,
    summary,
    access,
    status,
    ...(body === undefined ? {} : { body }),
    ...(bodyTypes === undefined ? {} : { bodyTypes }),
    ...(answer === undefined ? {} : { answer }),
  };
}
