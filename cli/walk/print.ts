import { documentText } from '../../reports/document-text.ts';
import type { ReportDocument } from '../../reports/document.ts';
import type { Site } from './site.ts';

/** Writes a document as the learner reads, with an empty line before and behind it. */
export function print({ terminal, width }: Site, document: ReportDocument): void {
  terminal.out(`\n${documentText(document, { style: terminal.style, width })}\n`);
}
