import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { z } from 'zod';
import { linkChange } from './conditions.ts';
import type { Link } from './link.ts';

const BODY_MAX_BYTES = 1_024;

/** The control port of a link: GET tells its conditions and counts, PUT with JSON changes conditions. Any path will do. */
export function createControl(link: Link): Server {
  return createServer(async (request, response) => {
    const [status, body] = await answer(link, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

async function answer(link: Link, request: IncomingMessage): Promise<readonly [status: number, body: object]> {
  if (request.method === 'PUT') {
    const change = linkChange.safeParse(await readJson(request));
    if (!change.success) return [400, { error: z.prettifyError(change.error) }];
    link.change(change.data);
  } else if (request.method !== 'GET') return [405, { error: 'GET or PUT' }];
  return [200, { ...link.conditions, ...link.counts }];
}

/** Undefined for what is no JSON, too long, or broken off: no change can be read from any of it. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    let text = '';
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > BODY_MAX_BYTES) return undefined;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
