import { documentText } from '../../reports/document-text.ts';
import type { ReportDocument } from '../../reports/document.ts';
import { plainDocument } from '../../reports/plain-document.ts';
import { wrap } from '../../reports/text-width.ts';
import type { Site } from './site.ts';

/** Writes a document as the learner reads, with an empty line before and behind it. */
export function print({ terminal, width, plain }: Site, document: ReportDocument): void {
  const shown = plain ? plainDocument(document) : document;
  terminal.out(`\n${documentText(shown, { style: terminal.style, width })}\n`);
}

/** A message to the learner, in lines that no terminal has to break. */
export function tell({ terminal, width }: Pick<Site, 'terminal' | 'width'>, text: string): void {
  for (const line of wrap(text, width)) terminal.message(line);
}
