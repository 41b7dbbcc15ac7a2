import type { Progress } from '../../model/progress/progress.ts';
import { documentText } from '../../reports/document-text.ts';
import type { ReportDocument } from '../../reports/document.ts';
import { wrap } from '../../reports/text-width.ts';
import type { Terminal } from '../terminal.ts';
import type { Keyboard } from './keyboard.ts';

/** What the questions of a drill are asked with. */
export interface DrillSite {
  readonly terminal: Terminal;
  readonly keyboard: Keyboard;
}

/** Where progress is kept. */
export interface KeptProgress {
  readonly progress: Progress;
  readonly keep: (change: (progress: Progress) => Progress) => Promise<void>;
}

const COLUMNS_MAX = 80;

/** Writes a document as the learner reads, with an empty line before it. */
export function print(terminal: Terminal, document: ReportDocument): void {
  const width = Math.min(terminal.width, COLUMNS_MAX);
  terminal.out(`\n${documentText(document, { style: terminal.style, width })}`);
}

/** Says something that is no result: what to ask back, which keys there are. */
export function say(terminal: Terminal, text: string): void {
  terminal.message(wrap(text, Math.min(terminal.width, COLUMNS_MAX)).join('\n'));
}
