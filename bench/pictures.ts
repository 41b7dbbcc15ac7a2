import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURES } from './pictures/pictures.ts';

// Draws the pictures of the documentation anew from what our commands print: `node bench/pictures.ts`.
const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });
for (const [name, draw] of Object.entries(PICTURES)) {
  writeFileSync(join(folder, name), await draw());
  process.stdout.write(`docs/pictures/${name}\n`);
}
