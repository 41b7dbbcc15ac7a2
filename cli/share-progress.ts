import { LINE_EVERY_S } from '../reports/progress-text.ts';
import type { Terminal } from './terminal.ts';

/** Tells how far a piece of work has come: in place on a terminal, elsewhere by a line every ten seconds, the first after as many. */
export function shareProgress({ isLive, progress, message }: Terminal): (line: string) => void {
  let told_ms = performance.now();
  return (line) => {
    if (isLive) return progress(line);
    if (performance.now() - told_ms < LINE_EVERY_S * 1000) return;
    told_ms = performance.now();
    message(line);
  };
}
