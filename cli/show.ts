import type { ReportDocument } from '../reports/document.ts';
import { documentText } from '../reports/document-text.ts';
import type { Terminal } from './terminal.ts';

/** A result in both of its forms: data for programs, a document for people. Only the one that is wanted is made. */
export interface Shown {
  readonly data: () => object;
  readonly document: () => ReportDocument;
}

/** Writes a result to standard output in the format that was asked for. */
export async function show(terminal: Terminal, { data, document }: Shown): Promise<void> {
  switch (terminal.format) {
    case 'json':
      return terminal.printJson(data());
    case 'yaml':
      return terminal.out((await import('yaml')).stringify(data(), { lineWidth: 0 }));
    case 'csv':
      return terminal.out((await import('../reports/document-csv.ts')).documentCsv(document()));
    case 'markdown':
      return terminal.out((await import('../reports/document-markdown.ts')).documentMarkdown(document()));
    case 'text':
      return terminal.out(documentText(document(), { style: terminal.style, width: terminal.width }));
  }
}
