export const CSV_LINE_END = '\r\n';

/**
 * A field of CSV (RFC 4180); what is not known is empty. Text that a spreadsheet would take for a formula gets a `'` before it, as
 * spreadsheets have it themselves.
 */
export function csvField(value: string | number | boolean | null | undefined): string {
  // Twelve digits: what arithmetic left in the last bits is no part of a result.
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvRow(fields: readonly (string | number | boolean | null | undefined)[]): string {
  return fields.map(csvField).join(',') + CSV_LINE_END;
}
