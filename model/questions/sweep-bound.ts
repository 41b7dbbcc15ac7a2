import { InvalidInput } from '../document/diagnostic.ts';
import type { DiagnosticCode } from '../document/diagnostic.ts';
import type { UnitTable } from '../units/unit.ts';
import { readAmount } from './solve-amount.ts';
import type { AmountOf } from './solve-amount.ts';

/**
 * Reads an end of a sweep, in base units. A bare number takes the unit of what is swept, as with `--set`.
 * @throws InvalidInput with `SET_` codes, the option as path.
 */
export function readBound(option: '--from' | '--to', text: string, of: AmountOf, units: UnitTable): number {
  try {
    return readAmount({ path: '--between', text, at: 0, length: text.length }, of, units);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const diagnostics = error.diagnostics.map((found) => {
      const code = found.code.replace('GOAL_', 'SET_') as DiagnosticCode;
      return { ...found, code, path: option };
    });
    throw new InvalidInput(diagnostics, text);
  }
}
