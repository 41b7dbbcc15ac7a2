import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { QuietLog } from './log.ts';

test('a quiet log lets one message through per interval and counts what it held back', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  let now_ms = 0;
  const quiet = new QuietLog(pino({ level: 'warn' }, sink), 1_000, () => now_ms);
  for (let n = 0; n < 5; n += 1) quiet.warn(new Error('away'), 'away');
  now_ms = 1_000;
  quiet.warn(new Error('away'), 'away');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 40, heldBack: 4 });
});
