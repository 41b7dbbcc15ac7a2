import { resultCounts } from './outcome-text.ts';
import type { Result } from './result.ts';
import { isShort, suitesOf } from './result-suites.ts';
import { suspectsSentence } from './suspects-text.ts';
import { shortened } from './text-width.ts';
import { SHOWN_OUTCOME, STATUS_SHOWN } from './verdict-text.ts';

/** GitHub shows ten annotations of a level for a step, and drops the others without a word. */
const SHOWN_MAX = 10;
const TEXT_MAX = 1000;

type Level = 'error' | 'warning' | 'notice';

/**
 * Any result as workflow commands of GitHub Actions, a line each: what did not pass (a warning where the result passes nevertheless), the
 * likely cause, and the outcome. Ends with a line end.
 */
export function githubAnnotations(result: Result): string {
  const level = result.outcome === 'PASS' || result.outcome === 'NOT_JUDGED' ? 'warning' : 'error';
  const short = suitesOf(result).flatMap(({ name, cases }) =>
    cases
      .filter(({ status }) => isShort(status))
      .map(({ text, status, because }) => ({
        title: text,
        message: `${STATUS_SHOWN[status].word}, ${name}: ${because}`,
      })),
  );
  const shown = short.length > SHOWN_MAX ? short.slice(0, SHOWN_MAX - 1) : short;
  const left = short.length - shown.length;
  return [
    ...shown.map(({ title, message }) => command(level, title, message)),
    ...(left > 0 ? [command(level, `${left} more`, 'the other reports have all')] : []),
    ...causeOf(result),
    command('notice', `${SHOWN_OUTCOME[result.outcome].word}: ${result.title}`, resultCounts(result)),
  ].join('');
}

function causeOf({ suspects = [] }: Result): string[] {
  const sentence = suspectsSentence(suspects);
  const because = suspects.flatMap((suspect) => suspect.because);
  return sentence === '' ? [] : [command('notice', sentence, because.join('\n'))];
}

function command(level: Level, title: string, message: string): string {
  const property = inMessage(shortened(title, TEXT_MAX)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${inMessage(shortened(message, TEXT_MAX))}\n`;
}

/** What would end the command, as GitHub reads it back. */
function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
