/** A stand-in for the application's workers and for third parties: tells its environment. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.end(request.url === '/environment' ? JSON.stringify(process.env) : 'ok');
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.once('SIGTERM', () => process.exit(0));
