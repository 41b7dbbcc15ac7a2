import { InvalidInput } from '../model/document/diagnostic.ts';
import { renderDiagnostics } from '../reports/diagnostics-text.ts';
import { plainStyle } from '../reports/style.ts';

/**
 * A plan, a scenario, settings or criteria with mistakes. `diagnostics` are all of them as data; `message` draws each with its line, a
 * caret and what to write instead.
 */
export class InputError extends InvalidInput {
  override name = 'InputError';

  constructor({ diagnostics, source }: Pick<InvalidInput, 'diagnostics' | 'source'>) {
    super(diagnostics, source);
    const path = diagnostics[0]?.path ?? '';
    this.message = renderDiagnostics(this.diagnostics, source, path, plainStyle).trimEnd();
  }
}

/** What the work returns; its mistakes of input are drawn. */
export async function drawingMistakes<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInput ? new InputError(error) : error;
  }
}
