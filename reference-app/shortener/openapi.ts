import { z } from 'zod';
import { health as shopHealth } from '../openapi/answers.ts';
import { openApiDocument, type Operation } from '../openapi/document.ts';
import { ADDRESS_LENGTH_MAX, code, urlBody } from './url-request.ts';

const address = z.url({ protocol: /^https?$/ }).max(ADDRESS_LENGTH_MAX);
const shortened = z.strictObject({ code, shortUrl: address, url: address, ownerToken: z.string() });
const shown = z.strictObject({ code, shortUrl: address, url: address, createdAt: z.string(), clicks: z.int().min(0) });
const health = z.strictObject({ ...shopHealth.shape, shards: z.array(z.enum(['up', 'down'])) });

/** Every operation of the URL shortener; a test holds the routes to it. */
export const SHORTENER_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/:code',
    prefix: '',
    parameter: code,
    summary: 'Leads to the address, in Location',
    access: 'public',
    status: 302,
  },
  {
    method: 'post',
    path: '/urls',
    summary: 'Shorten a URL; Idempotency-Key makes repeats one',
    access: 'public',
    body: urlBody,
    status: 201,
    answer: shortened,
  },
  {
    method: 'get',
    path: '/urls/:code',
    parameter: code,
    summary: 'A short URL and its clicks, some seconds ago',
    access: 'public',
    status: 200,
    answer: shown,
  },
  {
    method: 'delete',
    path: '/urls/:code',
    parameter: code,
    summary: 'Take a short URL back, with its owner token as bearer token; its code is never given again',
    access: 'login',
    status: 204,
  },
  { method: 'get', path: '/health', summary: 'Whether it can serve', access: 'public', status: 200, answer: health },
  { method: 'get', path: '/ready', summary: 'Whether to send requests', access: 'public', status: 200, answer: health },
  { method: 'get', path: '/metrics', summary: 'Prometheus text', access: 'public', status: 200 },
  { method: 'get', path: '/openapi.json', summary: 'This document', access: 'public', status: 200 },
];

export function shortenerDocument(): string {
  return openApiDocument(SHORTENER_OPERATIONS, 'URL Shortener');
}
