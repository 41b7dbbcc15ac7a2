import { expect, test } from 'vitest';
import { checkWorkload } from './check-workload.ts';
import type { RequestTemplate, Workload } from './workload.ts';
import { WorkloadError } from './workload-error.ts';

const good: RequestTemplate = {
  class: 'a',
  share: 1,
  method: 'POST',
  path: '/p/${items.id}',
  headers: {},
  body: '{"n":"${items.id:number}"}',
  accept: [200],
  timeout_ms: 1000,
};
const feeds: Workload['feeds'] = {
  items: {
    pick: 'uniform',
    columns: ['id', 'text'],
    rows: [
      ['1', 'x'],
      ['2', 'line\nbreak'],
    ],
  },
};

function problems(workload: Workload): readonly string[] {
  try {
    checkWorkload(workload);
  } catch (error) {
    if (error instanceof WorkloadError) return error.problems;
    throw error;
  }
  return [];
}
const of = (template: Partial<RequestTemplate>): readonly string[] =>
  problems({ classes: [{ ...good, ...template }], feeds });

test('accepts what is right', () => {
  expect(of({})).toEqual([]);
});

test('tells all unknown feeds and columns at once', () => {
  const found = of({ path: '/${item.id}/${items.it}', headers: { x: '${user.token}' } });
  expect(found).toHaveLength(3);
  expect(found.join('\n')).toMatch(/`item`[^]*`it`[^]*`user`/);
});

test.each<[string, Partial<RequestTemplate>, RegExp]>([
  ['a placeholder that is none', { path: '/${items}' }, /no placeholder/],
  ['a number in a path', { path: '/"${items.id:number}"' }, /for bodies/],
  ['text where a number must be', { body: '{"n":"${items.text:number}"}' }, /row 1 .*JSON number/],
  ['a line break in a header', { headers: { x: '${items.text}' } }, /row 2 .*control/],
  ['a body that is not JSON', { body: '{"n":${items.id}x}' }, /not JSON/],
  ['a body of a GET', { method: 'GET' }, /cannot have a body/],
  ['a path without /', { path: 'p' }, /begin with \//],
  ['a header of the connection', { headers: { Connection: 'close' } }, /not for a workload/],
  ['a share below zero', { share: -1 }, /share of 0 or more/],
  ['no timeout', { timeout_ms: 0 }, /timeout/],
  ['a record without an id', { record: true }, /sends no `\$\{request\.id\}`/],
  ['another thing of a request', { headers: { x: '${request.key}' } }, /a request has an `id`/],
  ['an id as a number', { body: '{"n":"${request.id:number}"}' }, /is no number/],
])('finds %s', (_, template, message) => {
  expect(of(template).join('\n')).toMatch(message);
});

test('finds wrong feeds and shares', () => {
  const found = problems({
    classes: [
      { ...good, share: 0.4 },
      { ...good, share: 0.4 },
    ],
    feeds: {
      items: { pick: 'zipf', columns: ['id', 'text'], rows: [['1', 'x'], ['2']] },
      none: { pick: 'uniform', columns: ['id'], rows: [] },
    },
  });
  expect(found.join('\n')).toMatch(/row 2 has 1 cells[^]*exponent[^]*no rows[^]*twice[^]*add up to 0.8/);
});
