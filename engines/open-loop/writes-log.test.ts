import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { autocannon } from '../autocannon/autocannon.ts';
import type { LoadResult } from '../engine.ts';
import { WORKLOAD, steadyJob } from '../testing/jobs.ts';
import { ok, startStub, type Answer, type Stub } from '../testing/stub-server.ts';
import { openLoop } from './open-loop.ts';

/** Reads are not recorded, writes are. */
const RECORDED = {
  ...WORKLOAD,
  classes: WORKLOAD.classes.map((template) =>
    template.class === 'write'
      ? { ...template, path: '/orders/${request.id}', record: true as const, timeout_ms: 500 }
      : template,
  ),
};
const LINE = /^([\da-z]{10}-[\da-z]{7})\twrite\t(\w+)\t(\d+)\t(\d+\.\d{3})\t(\d+\.\d{3})$/;

let server: Stub;
let folder: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'writes-'));
  log = join(folder, 'writes.tsv');
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Line {
  readonly id: string;
  readonly outcome: string;
  readonly status: string;
  readonly sent_ms: number;
  readonly ended_ms: number;
}

async function lines(): Promise<Line[]> {
  const text = await readFile(log, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const [, id = '', outcome = '', status = '', sent_ms, ended_ms] = LINE.exec(line) ?? [];
      expect([line, id !== '']).toEqual([line, true]);
      return { id, outcome, status, sent_ms: Number(sent_ms), ended_ms: Number(ended_ms) };
    });
}

/** The writes that a run sends, with what they ended in by the id that the server saw. */
async function run(answer: Answer, signal?: AbortSignal): Promise<LoadResult> {
  server = await startStub(answer);
  const job = steadyJob(server.url, 300, 1.2, { workload: RECORDED, writes_log: log, drain_s: 1 });
  return openLoop.run(job, signal ? { signal } : {});
}
const seenIds = (): string[] => server.seen.flatMap(({ path }) => path.match(/^\/orders\/(.*)/)?.[1] ?? []).toSorted();

test('every write that was sent has its line, with what became of it and when', async () => {
  const before_ms = Date.now();
  const result = await run((request, response, n) => {
    const isWrite = request.method === 'POST';
    if (isWrite && n % 5 === 0) response.statusCode = 503;
    if (isWrite && n % 7 === 0) response.destroy();
    else if (!isWrite || n % 11 !== 0) ok(response);
  });
  const found = await lines();
  expect(found.map(({ id }) => id).toSorted()).toEqual(seenIds());
  const write = result.classes.find((observed) => observed.class === 'write');
  const count = (outcome: string): number => found.filter((line) => line.outcome === outcome).length;
  for (const outcome of ['ok', 'http_error', 'reset', 'timeout'] as const) {
    expect([outcome, count(outcome)]).toEqual([outcome, write?.[outcome]]);
    expect(count(outcome)).toBeGreaterThan(0);
  }
  expect(found.length).toBe(write?.sent);
  for (const { outcome, status, sent_ms, ended_ms } of found) {
    expect(status).toBe({ ok: '200', http_error: '503' }[outcome] ?? '0');
    expect(sent_ms).toBeGreaterThanOrEqual(before_ms);
    expect(ended_ms).toBeGreaterThanOrEqual(sent_ms);
    expect(ended_ms).toBeLessThanOrEqual(Date.now() + 1);
  }
});

test('what is in flight when a run ends is abandoned, and on record', async () => {
  server = await startStub(() => {});
  const workload = { ...RECORDED, classes: RECORDED.classes.map((template) => ({ ...template, timeout_ms: 60_000 })) };
  const abort = new AbortController();
  const job = steadyJob(server.url, 200, 60, { workload, writes_log: log });
  const result = await openLoop.run(job, { signal: abort.signal, onProgress: () => abort.abort() });
  const found = await lines();
  expect(found.map(({ id }) => id).toSorted()).toEqual(seenIds());
  expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['abandoned']));
  expect(found.length).toBe(result.classes.find((observed) => observed.class === 'write')?.sent);
});

test('runs of the same seed have other ids, and add to the file', async () => {
  await run((_, response) => ok(response));
  const first = seenIds();
  await server.close();
  await run((_, response) => ok(response));
  const second = seenIds();
  expect(second.length).toBe(first.length);
  expect(new Set([...first, ...second]).size).toBe(first.length * 2);
  expect((await lines()).length).toBe(first.length * 2);
});

test('a log that cannot be written ends the run before it begins', async () => {
  server = await startStub((_, response) => ok(response));
  const job = steadyJob(server.url, 10, 1, { workload: RECORDED, writes_log: join(folder, 'none', 'writes.tsv') });
  await expect(openLoop.run(job, {})).rejects.toThrow(/ENOENT.*writes\.tsv/);
  expect(server.seen).toEqual([]);
});

test('a closed loop refuses to keep one', async () => {
  server = await startStub((_, response) => ok(response));
  const job = steadyJob(server.url, 10, 1, { workload: RECORDED, writes_log: log });
  await expect(autocannon.run(job, {})).rejects.toThrow('`autocannon` cannot keep a log of writes');
});
