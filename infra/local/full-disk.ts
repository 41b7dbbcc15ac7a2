import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';

/** Whether something could not be written because the disk, or the user's share of it, is full or cannot be written to. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, 'ENOSPC', 'EDQUOT', 'EROFS');
}

/** What the work yields; where it could not write, it rejects with a `StackError` instead of the system's own error. */
export async function explainingFullDisk<T>(home: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new StackError(
      `cannot write below ${home}: ${what}`,
      'free some space, or set SHOP_PLAN_HOME to another disk',
    );
  }
}
