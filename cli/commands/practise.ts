import { UsageError } from '../../api/usage-error.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Keyboard } from '../walk/keyboard.ts';
import { openKeyboard } from '../walk/open-keyboard.ts';
import { ProgressFile } from '../walk/progress-file.ts';

export interface PractiseOptions {
  /** A topic, or true for all of them. */
  readonly drill?: string | true;
  readonly whiteboard?: true;
  readonly score?: true;
  readonly seed?: number;
  /** Questions of a drill. */
  readonly count?: number;
  readonly plain?: boolean;
}

/**
 * `shop-plan walk --drill [topic]`, `--whiteboard`, `--score`
 * @throws UsageError for a topic that there is not, and for a drill in another format than text
 */
export async function practiseCommand(context: Context, options: PractiseOptions): Promise<ExitCode> {
  const { terminal } = context;
  const plain = options.plain ?? false;
  const progress = await ProgressFile.open(terminal.message);
  if (options.score) return (await import('../walk/score.ts')).scoreCommand(context, { progress, plain });
  if (terminal.format !== 'text')
    throw new UsageError('a drill is a conversation and has no other format', '`--score` has all of them');
  const keyboard = await openKeyboard(context);
  try {
    return await practise(context, keyboard, progress, { ...options, plain });
  } finally {
    keyboard.close();
  }
}

async function practise(
  context: Context,
  keyboard: Keyboard,
  progress: ProgressFile,
  { drill, whiteboard, seed, count, plain = false }: PractiseOptions,
): Promise<ExitCode> {
  const seeded = { progress, ...(seed === undefined ? {} : { seed }) };
  if (whiteboard) {
    const { whiteboardCommand } = await import('../walk/whiteboard.ts');
    return whiteboardCommand(context, keyboard, { ...seeded, plain });
  }
  const { drillCommand } = await import('../walk/drill.ts');
  const topic = typeof drill === 'string' ? { topic: drill } : {};
  return drillCommand(context, keyboard, { ...seeded, ...topic, ...(count === undefined ? {} : { count }) });
}
