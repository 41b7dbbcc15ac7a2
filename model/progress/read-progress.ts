import { PROGRESS_FORMAT_VERSION } from './progress.ts';
import type { DrillAnswer, DrillRecord, LessonProgress, Progress, WhiteboardRecord } from './progress.ts';
import { fieldsOf, isFlag, isNumber, isObject, isText, listOf, orNull, recordOf, wrongField } from './shape.ts';
import type { Shape } from './shape.ts';

/** Why a file cannot be read as progress, in lower case and without a full stop. */
export interface UnreadableProgress {
  readonly problem: string;
  /** True for the file of a later version, in which nothing is wrong. */
  readonly isNewer: boolean;
}

const ANSWER = fieldsOf<DrillAnswer>({
  question: isText,
  topic: isText,
  variant: isText,
  given: orNull(isNumber),
  truth: isNumber,
  right: isFlag,
});

/** Every field but the two that say what the file is. */
const FIELDS: { readonly [K in Exclude<keyof Progress, 'formatVersion' | 'kind'>]: Shape<Progress[K]> } = {
  at: orNull(fieldsOf<NonNullable<Progress['at']>>({ lesson: isText, page: isText })),
  lessons: recordOf(fieldsOf<LessonProgress>({ seen: listOf(isText), done: isFlag })),
  decisions: recordOf(recordOf(isText)),
  drills: listOf(fieldsOf<DrillRecord>({ at: isText, seed: isNumber, answers: listOf(ANSWER) })),
  whiteboards: listOf(
    fieldsOf<WhiteboardRecord>({ at: isText, order: listOf(isText), taken_s: recordOf(isNumber), right: isFlag }),
  ),
};
const IS_PROGRESS = fieldsOf<Omit<Progress, 'formatVersion' | 'kind'>>(FIELDS);

/** Reads what was kept of a walk. What is foreign, newer or damaged comes back as a problem; nothing is thrown. */
export function readProgress(text: string): Progress | UnreadableProgress {
  const value = parsed(text);
  if (!isObject(value)) return damaged(text.trim() === '' ? 'it is empty' : 'it is not JSON, or not all of it');
  const { formatVersion, kind } = value;
  if (kind !== 'progress') return damaged('it is not the progress of a walk');
  if (isNumber(formatVersion) && formatVersion > PROGRESS_FORMAT_VERSION)
    return { problem: `it was written by a newer shop-plan (format ${formatVersion})`, isNewer: true };
  if (formatVersion !== PROGRESS_FORMAT_VERSION) return damaged('its format is unknown');
  if (!IS_PROGRESS(value)) return damaged(`it is damaged at \`${wrongField(value, FIELDS) ?? ''}\``);
  return { ...value, formatVersion: PROGRESS_FORMAT_VERSION, kind };
}

export function isUnreadable(read: Progress | UnreadableProgress): read is UnreadableProgress {
  return 'problem' in read;
}

function damaged(problem: string): UnreadableProgress {
  return { problem, isNewer: false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
