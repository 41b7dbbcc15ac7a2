import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express, type Request, type Response } from 'express';
import { Counter, Registry } from 'prom-client';
import { z } from 'zod';
import { answerJson } from '../http/answer.ts';
import { errorHandler, unknownRoute } from '../http/error-handler.ts';
import { jsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { read } from '../http/validation.ts';
import type { Log } from '../log.ts';
import { BoundedLru } from '../cache/bounded-lru.ts';
import { THIRD_PARTIES, type ThirdParty } from '../third-party/third-parties.ts';
import { RateLimit } from './rate-limit.ts';
import type { Webhooks } from './webhooks.ts';

/** The limits that the documents give: payment 100/s, email 300/s, shipping 60/min, accounting 200/min. */
const LIMITS: Readonly<Record<ThirdParty, { calls: number; window_ms: number }>> = {
  payment: { calls: 100, window_ms: 1_000 },
  email: { calls: 300, window_ms: 1_000 },
  shipping: { calls: 60, window_ms: 60_000 },
  accounting: { calls: 200, window_ms: 60_000 },
};
/** As many as can be set. */
const UNLIMITED = { calls: 1_000_000_000, window_ms: 1_000 };
/** Calls whose answers are remembered by their key. */
const REMEMBERED_MAX = 200_000;

const behaviour = z.strictObject({
  latency_ms: z.number().min(0).max(60_000),
  /** Share of calls answered with 500, from 0 to 1. */
  error_share: z.number().min(0).max(1),
  /** Share of charges declined. */
  decline_share: z.number().min(0).max(1),
  /** Every call is answered with 503. */
  outage: z.boolean(),
  calls: z.int().min(0).max(1_000_000_000),
  window_ms: z.int().min(1).max(3_600_000),
});
type Behaviour = z.output<typeof behaviour>;

interface Party {
  behaviour: Behaviour;
  readonly limit: RateLimit;
  readonly answers: BoundedLru<string, string>;
}

/** What the third parties do with a call: the answer's body. Called once for each key. */
type Serve = (party: Party, key: string, body: Record<string, unknown>) => object;

export interface StubOptions {
  /** False: as many calls as anybody likes, until a limit is set. */
  readonly limited?: boolean;
  readonly log: Log;
  readonly webhooks: Webhooks;
  /** A number from 0 up to 1. */
  readonly random?: () => number;
}

/**
 * The third parties as one server: payment, email, shipping and accounting, each with its limit, a settable latency, share of
 * errors and outage. A call with a key that was answered before has the same answer and no second effect.
 */
export function createStub({ log, webhooks, limited = true, random = Math.random }: StubOptions): Express {
  const parties = new Map(THIRD_PARTIES.map((name) => [name, createParty(name, limited)]));
  const registry = new Registry();
  const label = { labelNames: ['party', 'outcome'], registers: [registry] };
  const calls = new Counter({ name: 'third_party_calls_total', help: 'Calls by what became of them', ...label });
  const effects = new Counter({
    name: 'third_party_effects_total',
    help: 'Calls that had an effect: the first with their key',
    labelNames: ['what'],
    registers: [registry],
  });

  const route = (name: ThirdParty, what: string, serve: Serve) => {
    app.post(`/${name}/${what}`, jsonBody, async (req, res) => {
      const party = partyOf(parties, name);
      const { latency_ms, error_share, outage } = party.behaviour;
      const count = (outcome: string) => calls.inc({ party: name, outcome });
      if (latency_ms > 0) await wait(latency_ms);
      if (outage) {
        count('outage');
        throw new Problem(503, 'UNAVAILABLE', `${name} is out of order`);
      }
      const wait_ms = party.limit.take();
      if (wait_ms > 0) {
        count('limited');
        refuseForNow(res, wait_ms);
        return;
      }
      if (random() < error_share) {
        count('error');
        throw new Problem(500, 'INTERNAL', `${name} failed`);
      }
      const key = keyOf(req);
      let answer = party.answers.get(key);
      count(answer === undefined ? 'served' : 'repeated');
      if (answer === undefined) {
        answer = JSON.stringify(serve(party, key, objectOf(req.body)));
        party.answers.set(key, answer);
        effects.inc({ what: `${name}/${what}` });
      }
      answerJson(res, 200, answer);
    });
  };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  route('payment', 'charges', (party, key, { orderId }) => {
    const outcome = { orderId, transactionId: `ch_${key}`, paid: random() >= party.behaviour.decline_share };
    webhooks.send(outcome);
    return outcome;
  });
  route('payment', 'refunds', (_party, key) => ({ refundId: `re_${key}` }));
  route('email', 'messages', (_party, key) => ({ messageId: `msg_${key}` }));
  route('shipping', 'labels', (_party, key) => ({ trackingId: `TRACK-${key}`, labelUrl: `/labels/${key}.pdf` }));
  route('accounting', 'bookings', (_party, key) => ({ bookingId: `bk_${key}` }));

  app.get('/admin/:party', (req, res) => {
    answerJson(res, 200, JSON.stringify(partyOf(parties, req.params.party).behaviour));
  });
  app.put('/admin/:party', jsonBody, (req, res) => {
    const party = partyOf(parties, req.params.party);
    party.behaviour = read(behaviour, { ...party.behaviour, ...objectOf(req.body) }, 'body');
    party.limit.set(party.behaviour.calls, party.behaviour.window_ms);
    answerJson(res, 200, JSON.stringify(party.behaviour));
  });
  app.get('/health', (_req, res) => answerJson(res, 200, '{"status":"healthy"}'));
  app.get('/metrics', async (_req, res) => {
    res.writeHead(200, { 'Content-Type': registry.contentType });
    res.end(await registry.metrics());
  });
  app.use(unknownRoute);
  app.use(errorHandler(log));
  return app;
}

function createParty(name: ThirdParty, limited: boolean): Party {
  const { calls, window_ms } = limited ? LIMITS[name] : UNLIMITED;
  return {
    behaviour: { latency_ms: 0, error_share: 0, decline_share: 0, outage: false, calls, window_ms },
    limit: new RateLimit(calls, window_ms),
    answers: new BoundedLru(REMEMBERED_MAX),
  };
}

function partyOf(parties: ReadonlyMap<string, Party>, name: string): Party {
  const party = parties.get(name);
  if (party === undefined)
    throw new Problem(404, 'NOT_FOUND', `no such third party; there are ${[...parties.keys()].join(', ')}`);
  return party;
}

function refuseForNow(res: Response, wait_ms: number): void {
  const body = new Problem(429, 'RATE_LIMITED', 'too many calls').toBody();
  answerJson(res, 429, body, { 'Retry-After': String(Math.ceil(wait_ms / 1_000)) });
}

function keyOf(req: Request): string {
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string') throw new Problem(400, 'INVALID_INPUT', 'an Idempotency-Key is required');
  return key;
}

function objectOf(body: unknown): Record<string, unknown> {
  return read(z.record(z.string(), z.unknown()), body, 'body');
}
