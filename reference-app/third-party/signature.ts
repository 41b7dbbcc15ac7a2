import { createHmac, timingSafeEqual } from 'node:crypto';

/** A webhook older or younger than this may be a recording that somebody plays again. */
const TOLERANCE_S = 300;

/** The signature of a webhook: `t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.BODY`. */
export function signWebhook(body: string | Buffer, secret: string, now_s: number): string {
  return `t=${now_s},v1=${digest(body, secret, now_s).toString('hex')}`;
}

/** Whether a signature is of this body, by somebody who knows the secret, and of now. */
export function isSigned(body: Buffer, signature: unknown, secret: string, now_s: number): boolean {
  if (typeof signature !== 'string') return false;
  const [, time = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (time === '' || Math.abs(now_s - Number(time)) > TOLERANCE_S) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), digest(body, secret, Number(time)));
}

function digest(body: string | Buffer, secret: string, time_s: number): Buffer {
  return createHmac('sha256', secret).update(`${time_s}.`).update(body).digest();
}
