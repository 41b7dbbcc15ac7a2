import type { ReportDocument } from './document.ts';

/** A plan file that was just written, and what to do with it next. */
export interface FirstPlan {
  readonly formatVersion: 1;
  readonly kind: 'init';
  readonly file: string;
  readonly next: readonly { readonly command: string; readonly what: string }[];
}

/** What to say of a first plan at `file`: three commands that work on it as it is. */
export function firstPlan(file: string): FirstPlan {
  const path = /[^\w./~-]/.test(file) ? `'${file.replaceAll("'", String.raw`'\''`)}'` : file;
  const next = [
    { command: `shop-plan estimate ${path}`, what: 'what each step needs' },
    { command: `shop-plan explain app.servers --plan ${path}`, what: 'where a number comes from' },
    { command: `shop-plan growth ${path}`, what: 'which step is due when' },
  ];
  return { formatVersion: 1, kind: 'init', file, next };
}

export function firstPlanDocument({ file, next }: FirstPlan): ReportDocument {
  return [
    { kind: 'paragraph', text: `Wrote ${file}: a photo app, to be made your own.` },
    {
      kind: 'table',
      name: 'next',
      columns: [{ title: 'next' }, { title: '', flexible: true }],
      rows: next.map(({ command, what }) => [command, what]),
      data: next.map((row) => ({ file, ...row })),
    },
  ];
}
