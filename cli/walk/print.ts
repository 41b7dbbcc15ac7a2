import { documentText } from '../../reports/document-text.ts';
import type { ReportDocument } from '../../reports/document.ts';
import { plainDocument } from '../../reports/plain-document.ts';
import type { Site } from './site.ts';

/** Writes a document as the learner reads, with an empty line before and behind it. */
export function print({ terminal, width, plain }: Site, document: ReportDocument): void {
  const shown = plain ? plainDocument(document) : document;
  terminal.out(`\n${documentText(shown, { style: terminal.style, width })}\n`);
}
