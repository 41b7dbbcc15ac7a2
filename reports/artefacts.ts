import { resultHtml } from './html/result-html.ts';
import type { Result } from './result.ts';

/** A file that a pipeline keeps of a result. */
export interface Artefact {
  /** Path within the folder of artefacts. */
  readonly name: string;
  readonly text: () => string;
}

/** All reports of a result as files, each written only when it is asked for. */
export function artefactsOf(result: Result): readonly Artefact[] {
  return [...forPipelines(result), ...forPeople(result), ...forOtherTools(result)];
}

function forPipelines(_result: Result): Artefact[] {
  return [];
}

function forPeople(result: Result): Artefact[] {
  return [{ name: 'report.html', text: () => resultHtml(result) }];
}

function forOtherTools(_result: Result): Artefact[] {
  return [];
}
