import { Server } from 'node:http';
import { main } from '../../reference-app/server.ts';

// The application with a loop too many: every request is kept at work for longer before it is answered. `shop-plan deploy --entry` puts it into service.
const EXTRA_MS = 2;

const emit = Server.prototype.emit;
Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
  if (event === 'request') for (const end_ms = performance.now() + EXTRA_MS; performance.now() < end_ms;);
  return Reflect.apply(emit, this, [event, ...rest]) as boolean;
};
await main();
