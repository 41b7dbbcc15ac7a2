/**
 * A site that says how long its answers may be kept: `/kept/N` for N seconds, everything else not at all. Each answer has a
 * number of its own, so that one from a cache is known by its number.
 */
import { createServer } from 'node:http';

let answers = 0;
const server = createServer((request, response) => {
  answers += 1;
  const [, seconds] = /\/kept\/(\d+)$/.exec(request.url ?? '') ?? [];
  if (seconds !== undefined) response.setHeader('cache-control', `public, max-age=${seconds}`);
  response.end(String(answers));
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
