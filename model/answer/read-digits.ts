/** Digits with separators at the start of a text. */
const DIGITS = /^(?:\d{1,3}(?:[ ']\d{3})+(?![\d])(?:[.,]\d+)?|\d(?:[\d.,_]*\d)?|[.,]\d+)/;
const BY_THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/;
/** One hundred thousand as 1,00,000. */
const BY_LAKHS = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** A number written in digits, and what stands behind it; or the two numbers that it may be. */
export type Digits =
  | { readonly value: number; readonly rest: string }
  | { readonly written: string; readonly either: readonly [string, string] | null };

/**
 * Reads `7000`, `7,000`, `7_000`, `7 000`, `7'000`, `7.000,5`, `1.25`, `1,25`, `.8` at the start of a text. A comma before three digits
 * parts thousands and a point parts decimals, as in English; `7.000`, which nobody writes for 7, cannot be told. Undefined where no digit
 * stands.
 */
export function readDigits(text: string): Digits | undefined {
  const written = DIGITS.exec(text)?.[0];
  if (written === undefined) return undefined;
  const number = decimalOf(written.replaceAll(/[_ ']/g, ''));
  if (typeof number !== 'string') return { written, either: number };
  return { value: Number(number), rest: text.slice(written.length) };
}

/** The number with a point for its decimals and nothing else; what it may be when that cannot be told, null for neither. */
function decimalOf(written: string): string | readonly [string, string] | null {
  const marks = [...written].filter((sign) => sign === '.' || sign === ',');
  const last = marks.at(-1);
  if (last === undefined) return written;
  if (marks.length > 1) return severalMarks(written, last);
  const [head = '', tail = ''] = written.split(last);
  const isGroup = tail.length === 3 && head.length <= 3 && !head.startsWith('0') && head !== '';
  if (last === ',') {
    if (isGroup) return `${head}${tail}`;
    return tail.length <= 2 || head === '0' || head === '' ? `${head}.${tail}` : null;
  }
  return isGroup && tail.endsWith('0') ? [`${head}${tail}`, String(Number(written))] : written;
}

function severalMarks(written: string, last: string): string | null {
  if (BY_LAKHS.test(written)) return written.replaceAll(',', '');
  const isOneKind = !written.includes(last === '.' ? ',' : '.');
  if (isOneKind) return BY_THOUSANDS.test(written) ? written.replaceAll(last, '') : null;
  const at = written.lastIndexOf(last);
  const [whole, decimals] = [written.slice(0, at), written.slice(at + 1)];
  const isGrouped = (BY_THOUSANDS.test(whole) || BY_LAKHS.test(whole)) && !whole.includes(last);
  return isGrouped ? `${whole.replaceAll(/[.,]/g, '')}.${decimals}` : null;
}
