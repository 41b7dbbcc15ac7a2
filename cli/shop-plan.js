#!/usr/bin/env node
// Plain JavaScript that any Node can read, so nothing that an older one lacks is imported by its name: finds the Node that the
// program needs, then hands over. A checkout runs from its TypeScript sources; the published package carries the same files
// compiled under dist/.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const compiled = new URL('../dist/cli/main.js', import.meta.url);
const source = new URL('./main.ts', import.meta.url);
const main = existsSync(source) ? source : compiled;

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // Half of a start is reading and compiling; Node keeps the outcome in the system's folder for temporary files. Begun here,
  // in plain JavaScript, so that TypeScript's own loader is not needed either once everything is in there.
  module.enableCompileCache();
  await import(main.href);
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(pinned)) {
    process.stderr.write(
      `error: shop-plan needs Node ${NEEDED} or newer; this is ${process.version}\n` +
        '  = help: install a newer Node; npm has one for a single project, too: `npm install --save-dev node@24`\n',
    );
    process.exit(3);
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches both; what is sent to this process alone is passed on, so that the work is stopped, not left behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`error: ${pinned} cannot be started: ${error.message}\n`);
    process.exit(3);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 130 : code));
}
