import type { IncomingMessage } from 'node:http';

const ACCEPTABLE = /^[\w.-]{1,64}$/;
const ids = new WeakMap<IncomingMessage, string>();
let next = 0;

/** The request's id: the proxy's X-Request-Id when it has an acceptable one, else one of our own. Made only when asked for. */
export function requestId(req: IncomingMessage): string {
  let id = ids.get(req);
  if (id === undefined) {
    const given = req.headers['x-request-id'];
    id =
      typeof given === 'string' && ACCEPTABLE.test(given)
        ? given
        : `${process.pid.toString(36)}-${(next += 1).toString(36)}`;
    ids.set(req, id);
  }
  return id;
}
