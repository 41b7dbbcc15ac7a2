import { documentText } from '../../reports/document-text.ts';
import type { ReportDocument } from '../../reports/document.ts';
import { plainDocument } from '../../reports/plain-document.ts';
import { wrap } from '../../reports/text-width.ts';
import type { Terminal } from '../terminal.ts';

/** What learners read on. */
export interface Sheet {
  readonly terminal: Pick<Terminal, 'out' | 'message' | 'style'>;
  /** Sentences in place of drawings and tables. */
  readonly plain: boolean;
  /** Columns of a page. */
  readonly width: number;
}

/** Columns beyond which a line is hard to read. */
const WIDTH_MAX = 80;

export function sheetWidth({ width }: Pick<Terminal, 'width'>): number {
  return Math.min(width, WIDTH_MAX);
}

/** Writes a document as the learner reads, with an empty line before it. */
export function write(sheet: Sheet, document: ReportDocument): void {
  sheet.terminal.out(`\n${textOn(sheet, document)}`);
}

/** The same with an empty line behind it, too. */
export function print(sheet: Sheet, document: ReportDocument): void {
  sheet.terminal.out(`\n${textOn(sheet, document)}\n`);
}

function textOn({ terminal, width, plain }: Sheet, document: ReportDocument): string {
  return documentText(plain ? plainDocument(document) : document, { style: terminal.style, width });
}

/** A message to the learner, in lines that no terminal has to break. */
export function tell({ terminal, width }: Pick<Sheet, 'terminal' | 'width'>, text: string): void {
  for (const line of wrap(text, width)) terminal.message(line);
}
