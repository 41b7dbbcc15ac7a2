import express, { type Express } from 'express';
import { z } from 'zod';
import { answerEmpty } from '../http/answer.ts';
import { BODY_LIMIT_BYTES } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { id, read, text } from '../http/validation.ts';
import type { Settlement } from '../payments/settlement.ts';
import { isSigned } from './signature.ts';

const paymentNews = z.object({ orderId: id, transactionId: text(1, 200), paid: z.boolean() });

/** POST /webhooks/payment: the payment provider tells how a charge went. The signature is over the bytes as they came. */
export function addWebhookRoutes(
  app: Express,
  deps: { webhookSecret: string | undefined; settlement: Settlement },
): void {
  const { webhookSecret, settlement } = deps;
  const rawBody = express.raw({ type: '*/*', limit: BODY_LIMIT_BYTES, inflate: false });

  app.post('/api/v1/webhooks/payment', rawBody, async (req, res) => {
    const body: unknown = req.body;
    const now_s = Math.floor(Date.now() / 1_000);
    const signed =
      webhookSecret !== undefined &&
      Buffer.isBuffer(body) &&
      isSigned(body, req.headers['x-signature'], webhookSecret, now_s);
    if (!signed) throw new Problem(401, 'BAD_SIGNATURE', 'the signature is missing, wrong or old');
    const news = read(paymentNews, parse(body), 'body');
    await settlement.settle(news.orderId, news.transactionId, news.paid);
    answerEmpty(res, 204);
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new Problem(400, 'MALFORMED_JSON', 'the body is not JSON', { cause: error });
  }
}
