import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Begun } from './recorder.ts';
import { databaseServers, openPool } from './databases/servers.ts';
import type { Server } from './databases/servers.ts';
import { WriteLoad } from './databases/write-load.ts';

const TABLE = 'probe_heartbeats';
const POLL_MS = 1;
/** How long the last heartbeats are looked for when the phase is over. */
const GRACE_MS = 2_000;

/** How long after a commit each replica shows what was written. */
export const replicaLag: Probe = {
  name: 'replica-lag',
  title: 'time from the end of a commit until a replica shows it, of every replica of one primary',
  classes: ['replica.lag', 'database.write'],
  counters: ['replica.servers'],
  parameters: {
    every: { kind: 'time', otherwise: 0.02, about: 'time between two heartbeats' },
    writers: {
      kind: 'count',
      otherwise: 0,
      about: 'connections that write to the primary meanwhile, in a closed loop',
    },
  },
  run: measure,
};

async function measure(site: ProbeSite): Promise<Findings> {
  const { parameters, recorder, signal } = site;
  const { primary, replicas } = clusterWithReplicas(await databaseServers(site));
  const writers = Number(parameters['writers']);
  const heart = await openPool(primary, 1);
  const eyes = await Promise.all(replicas.map((replica) => openPool(replica, 1)));
  const writes = writers === 0 ? undefined : await WriteLoad.open(recorder, [primary], writers);
  try {
    await heart.query(`DROP TABLE IF EXISTS ${TABLE}`);
    await heart.query(`CREATE TABLE ${TABLE} AS SELECT 0 AS beat`);
    const watched = eyes.map((eye) => ({ eye, beats: new Beats(() => recorder.begin('replica.lag')) }));
    const beating = beat(Number(parameters['every']) * 1000, signal, async (number) => {
      await heart.query(`UPDATE ${TABLE} SET beat = $1`, [number]);
      for (const { beats } of watched) beats.committed(number);
    });
    const over = new AbortController();
    const looking = watched.map(({ eye, beats }) => look(eye, beats, over.signal));
    await Promise.all([beating.finally(() => over.abort()), ...looking, writes?.run(signal)]);
    return { counters: { 'replica.servers': replicas.length } };
  } finally {
    await writes?.close();
    await heart.query(`DROP TABLE IF EXISTS ${TABLE}`).finally(() => heart.end());
    await Promise.all(eyes.map((eye) => eye.end()));
  }
}

/** @throws RunError when no server that takes writes has replicas. */
function clusterWithReplicas(servers: readonly Server[]): { readonly primary: Server; readonly replicas: Server[] } {
  for (const primary of servers.filter(({ replica }) => !replica)) {
    const replicas = servers.filter(({ replica, cluster }) => replica && cluster === primary.cluster);
    if (replicas.length > 0) return { primary, replicas };
  }
  throw new RunError('no database of this stack has a replica', 'choose a step with replicas with `--step`');
}

/** Writes that one replica has not shown yet. One that it shows before the primary says so is there without lag. */
export class Beats {
  readonly #begin: () => Begun;
  readonly #awaited: { readonly beat: number; readonly begun: Begun }[] = [];
  #visible = 0;

  /** How many it has not shown. */
  get awaited(): number {
    return this.#awaited.length;
  }

  constructor(begin: () => Begun) {
    this.#begin = begin;
  }

  committed(beat: number): void {
    const begun = this.#begin();
    if (beat <= this.#visible) begun.end('ok');
    else this.#awaited.push({ beat, begun });
  }

  visible(beat: number): void {
    this.#visible = Math.max(this.#visible, beat);
    while (this.#awaited[0] && this.#awaited[0].beat <= this.#visible) this.#awaited.shift()?.begun.end('ok');
  }
}

/** Beats 1, 2, 3, … with so much time between them. A beat that fails is not waited for; what replicas show then is older. */
async function beat(every_ms: number, signal: AbortSignal, work: (beat: number) => Promise<void>): Promise<void> {
  for (let number = 1; !signal.aborted; number += 1) {
    await work(number).catch(() => undefined);
    await wait(every_ms);
  }
}

/**
 * Looks again and again, and after the last beat until all are there. A replica that does not answer shows nothing: its lag goes
 * on.
 */
async function look(eye: Pool, beats: Beats, signal: AbortSignal): Promise<void> {
  let over_ms = Infinity;
  signal.addEventListener('abort', () => (over_ms = performance.now() + GRACE_MS), { once: true });
  while (!signal.aborted || (beats.awaited > 0 && performance.now() < over_ms)) {
    const seen = await eye.query<{ beat: number }>(`SELECT beat FROM ${TABLE}`).catch(() => undefined);
    beats.visible(seen?.rows[0]?.beat ?? 0);
    await wait(POLL_MS);
  }
}
