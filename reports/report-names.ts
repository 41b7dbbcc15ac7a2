export const REPORT_FORMATS = ['text', 'json', 'markdown', 'junit', 'html', 'csv', 'hlog', 'annotations'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The format that the end of a file's name stands for. */
export const FORMAT_OF_EXTENSION: ReadonlyMap<string, ReportFormat> = new Map([
  ['.txt', 'text'],
  ['.json', 'json'],
  ['.md', 'markdown'],
  ['.xml', 'junit'],
  ['.html', 'html'],
  ['.csv', 'csv'],
  ['.hlog', 'hlog'],
]);
