import type { ReportFormat } from './report-names.ts';
import { githubAnnotations } from './github-annotations.ts';
import { resultHtml } from './html/result-html.ts';
import { intervalsCsv } from './intervals-csv.ts';
import { latencyLog } from './latency-log.ts';
import { resultJson } from './result-json.ts';
import { resultJunit } from './result-junit.ts';
import { resultMarkdown } from './result-markdown.ts';
import { resultText } from './result-text.ts';
import type { ResultTextOptions } from './result-text.ts';
import type { Result } from './result.ts';

/** A result in one of the formats; `options` only count for text. Ends with a line end. */
export function writeReport(format: ReportFormat, result: Result, options: ResultTextOptions): string {
  switch (format) {
    case 'text':
      return resultText(result, options);
    case 'json':
      return resultJson(result);
    case 'markdown':
      return resultMarkdown(result);
    case 'junit':
      return resultJunit(result);
    case 'html':
      return resultHtml(result);
    case 'csv':
      return intervalsCsv(result.runs);
    case 'hlog':
      return latencyLog(result.runs);
    case 'annotations':
      return githubAnnotations(result);
  }
}
