import { UsageError } from '../../api/usage-error.ts';
import { withoutLessons } from '../../model/progress/with-page.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { WalkKeyboard } from '../walk/keyboard.ts';
import { lessonsNamed } from '../walk/library.ts';
import { openKeyboard } from '../walk/open-keyboard.ts';
import { sheetWidth } from '../walk/print.ts';
import { ProgressFile } from '../walk/progress-file.ts';
import { shippedLibrary } from '../walk/shipped-library.ts';
import { startOf } from '../walk/start.ts';
import { walk } from '../walk/walk.ts';

export interface WalkOptions {
  readonly list?: true;
  readonly print?: true;
  readonly try?: true;
  readonly simulated?: true;
  /** True for all topics. */
  readonly drill?: true | string;
  readonly whiteboard?: true;
  readonly score?: true;
  readonly seed?: number;
  readonly count?: number;
  readonly plain?: boolean;
  readonly again?: true;
}

/** `shop-plan walk [lesson...]` */
export async function walkCommand(context: Context, words: readonly string[], given: WalkOptions): Promise<ExitCode> {
  const options = { ...given, ...((given.plain ?? process.env['TERM'] === 'dumb') && { plain: true as const }) };
  if (options.print) return (await import('../walk/print-lessons.ts')).printLessons(context, words);
  if (options.list) return (await import('../walk/list-lessons.ts')).listLessons(context, options);
  if (options.score) return showScore(context, options);
  if (context.terminal.format !== 'text')
    throw new UsageError('a walk is a conversation and has no other format', 'add `--list`, or `--print` for Markdown');
  if (options.try) return tryLesson(context, words, options);
  return converse(context, (keyboard, progress) => {
    if (options.drill !== undefined) return drill(context, keyboard, progress, options);
    if (options.whiteboard) return drawWhiteboard(context, keyboard, progress, options);
    return learn(context, keyboard, progress, words, options);
  });
}

type Talk = (keyboard: WalkKeyboard, progress: ProgressFile) => Promise<ExitCode>;

/** Whatever comes of it, the terminal is as it was afterwards. */
async function converse(context: Context, talk: Talk): Promise<ExitCode> {
  const keyboard = await openKeyboard(context);
  try {
    return await talk(keyboard, await ProgressFile.open(context.terminal.message));
  } finally {
    keyboard.close();
  }
}

async function learn(
  { terminal, signal }: Context,
  keyboard: WalkKeyboard,
  progress: ProgressFile,
  words: readonly string[],
  { again, plain = false }: { again?: true; plain?: boolean },
): Promise<ExitCode> {
  const library = shippedLibrary(plain);
  const forgotten = lessonsNamed(library, words);
  if (again) await progress.keep((kept) => withoutLessons(kept, forgotten));
  const width = sheetWidth(terminal);
  const start = startOf(library, words, progress.progress);
  await walk({ terminal, signal, keyboard, library, progress, plain, width }, start);
  if (progress.isKept) terminal.message('Your progress is kept; `shop-plan walk` goes on here.');
  return EXIT.ok;
}

async function tryLesson(context: Context, words: readonly string[], options: WalkOptions): Promise<ExitCode> {
  if (words.length === 0) throw new UsageError('nothing is named that could be tried', 'write `walk 3 --try`');
  const { findLesson, loadLesson } = await import('../../api/lessons.ts');
  const { tryExperiment } = await import('../walk/try.ts');
  const { simulated = false, plain = false } = options;
  return tryExperiment(context, { ...(await loadLesson(findLesson(words).id)), simulated, plain });
}

async function drill(
  context: Context,
  keyboard: WalkKeyboard,
  progress: ProgressFile,
  { drill: topic, seed, count, plain = false }: WalkOptions,
): Promise<ExitCode> {
  const { drillCommand } = await import('../walk/drill.ts');
  return drillCommand(context, keyboard, {
    progress,
    plain,
    ...(typeof topic === 'string' && { topic }),
    ...(seed !== undefined && { seed }),
    ...(count !== undefined && { count }),
  });
}

async function drawWhiteboard(
  context: Context,
  keyboard: WalkKeyboard,
  progress: ProgressFile,
  { seed, plain = false }: { seed?: number; plain?: boolean },
): Promise<ExitCode> {
  const { whiteboardCommand } = await import('../walk/whiteboard.ts');
  return whiteboardCommand(context, keyboard, { progress, plain, ...(seed !== undefined && { seed }) });
}

async function showScore(context: Context, { plain = false }: { plain?: boolean }): Promise<ExitCode> {
  const { scoreCommand } = await import('../walk/score.ts');
  return scoreCommand(context, { progress: await ProgressFile.open(context.terminal.message), plain });
}
