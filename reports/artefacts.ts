import { resultHtml } from './html/result-html.ts';
import { intervalsCsv } from './intervals-csv.ts';
import { latencyLog } from './latency-log.ts';
import { resultJson } from './result-json.ts';
import { resultJunit } from './result-junit.ts';
import { resultMarkdown } from './result-markdown.ts';
import type { Result } from './result.ts';
import { runFileNames } from './run-file-names.ts';

/** A file that a pipeline keeps of a result. */
export interface Artefact {
  /** Path within the folder of artefacts. */
  readonly name: string;
  readonly text: () => string;
}

/** What a folder of artefacts has, whatever the result: so a folder with anything else is somebody else's. */
export const ARTEFACTS: readonly string[] = [
  'result.json',
  'junit.xml',
  'report.md',
  'report.html',
  'intervals',
  'latencies',
];

/** All reports of a result as files, each written only when it is asked for. */
export function artefactsOf(result: Result): readonly Artefact[] {
  return [...forPipelines(result), ...forPeople(result), ...forOtherTools(result)];
}

function forPipelines(result: Result): Artefact[] {
  return [
    { name: 'result.json', text: () => resultJson(result) },
    { name: 'junit.xml', text: () => resultJunit(result) },
  ];
}

function forPeople(result: Result): Artefact[] {
  return [
    { name: 'report.md', text: () => resultMarkdown(result) },
    { name: 'report.html', text: () => resultHtml(result) },
  ];
}

function forOtherTools({ runs }: Result): Artefact[] {
  const names = runFileNames(runs);
  return runs.flatMap((run, index) => [
    { name: `intervals/${names[index]}.csv`, text: () => intervalsCsv([run]) },
    { name: `latencies/${names[index]}.hlog`, text: () => latencyLog([run]) },
  ]);
}
