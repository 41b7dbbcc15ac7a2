import { expect, test } from 'vitest';
import { compileRequests } from './render.ts';
import type { RequestTemplate, Workload } from './workload.ts';

const base: RequestTemplate = {
  class: 'a',
  share: 1,
  method: 'POST',
  path: '/',
  headers: {},
  accept: [200],
  timeout_ms: 1000,
};
const compile = (template: Partial<RequestTemplate>) => {
  const workload: Workload = {
    classes: [{ ...base, ...template }],
    feeds: {
      items: {
        pick: 'uniform',
        columns: ['id', 'name'],
        rows: [
          ['7', 'plain'],
          ['8', 'a "b" c/d & ü'],
        ],
      },
      users: { pick: 'uniform', columns: ['token'], rows: [['t0'], ['t1']] },
    },
  };
  const [request] = compileRequests(workload);
  if (request === undefined) throw new Error('no class was compiled');
  return request;
};
const rows = Int32Array.from([1, 0]);

test('cells are URL-encoded in paths', () => {
  expect(compile({ path: '/p/${items.name}' }).path(rows)).toBe('/p/a%20%22b%22%20c%2Fd%20%26%20%C3%BC');
  expect(compile({ path: '/p/${items.id}/x?u=${users.token}&n=${items.id}' }).path(rows)).toBe('/p/8/x?u=t0&n=8');
  expect(compile({ path: '/fixed' }).path(rows)).toBe('/fixed');
});

test('cells are JSON-escaped in bodies, stay strings, or become numbers where asked', () => {
  const body = compile({ body: '{"name":"${items.name}","id":"${items.id}","n":"${items.id:number}"}' }).body?.(rows);
  expect(JSON.parse(body ?? '')).toEqual({ name: 'a "b" c/d & ü', id: '8', n: 8 });
});

test('headers take cells as they are, and a body brings its content type', () => {
  expect(compile({ headers: { authorization: 'Bearer ${users.token}' } }).headers(rows)).toEqual([
    'authorization',
    'Bearer t0',
  ]);
  expect(compile({ body: '{}' }).headers(rows)).toEqual(['content-type', 'application/json']);
  expect(compile({ body: '{}', headers: { 'Content-Type': 'a/b' } }).headers(rows)).toEqual(['Content-Type', 'a/b']);
});

test('no body is no body', () => {
  expect(compile({}).body).toBeUndefined();
});

test("a request's own id stands wherever it is asked for", () => {
  const request = compile({
    path: '/${request.id}',
    headers: { key: '${request.id}' },
    body: '{"id":"${request.id}"}',
  });
  const own = { id: 'a-1', session: new Map([['token', 'a b']]) };
  expect(request.needsId).toBe(true);
  expect([request.path(rows, own), request.headers(rows, own)[1], request.body?.(rows, own)]).toEqual([
    '/a-1',
    'a-1',
    '{"id":"a-1"}',
  ]);
  expect(compile({ path: '/${items.id}' }).needsId).toBe(false);
});
