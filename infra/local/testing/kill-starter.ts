import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalConfig } from '../config.ts';
import { fixture } from './test-home.ts';

/** Starts the stack `victim` in a process of its own, and kills that one after a while, wherever it is by then. */
export async function killStarterAfter(
  after_ms: number,
  extent: 'whole' | 'services',
  { home, ports }: LocalConfig,
): Promise<void> {
  const args = [fixture('starter.ts'), 'up', home, String(ports.first), String(ports.end), extent];
  const starter = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(starter, 'exit');
  await delay(after_ms);
  starter.kill('SIGKILL');
  await ended;
}
