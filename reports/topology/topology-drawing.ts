import { padEnd, textWidth, wrap } from '../text-width.ts';
import { enumerated, linkWords } from './link-words.ts';
import type { StepPicture } from './step-picture.ts';
import { treeOf } from './step-tree.ts';
import type { TreeNode } from './step-tree.ts';
import { tierRemarks } from './tier-remarks.ts';

/** A row of the drawing: a tier, or a heading, which has no cells. */
interface Row {
  /** Branches before the name. */
  readonly lead: string;
  readonly name: string;
  readonly what: string;
  /** The number of `use`, so that numbers stand below each other; then the rest of it. */
  readonly number: string;
  readonly words: string;
  /** Said below, behind these branches. */
  readonly under: string;
  readonly notes: readonly string[];
}

const GAP = '  ';

/**
 * A step as a tree for the terminal: what is called stands below its caller; every tier once. Use is at the peak. Where names are too
 * long for columns, what belongs to a tier follows its name.
 */
export function topologyDrawing(picture: StepPicture, width = 80): string {
  const { entered, shared, apart } = treeOf(picture);
  const rows = [
    ...group('clients', entered),
    ...group('called from several places', shared),
    ...group('not reached from there', apart),
  ];
  const aligned = alignedLines(rows);
  const fits = aligned.every((line) => textWidth(line) <= width);
  const lines = rows.flatMap((row, index) => [
    fits ? (aligned[index] ?? '') : looseLine(row, width),
    ...row.notes.map((note) => behind(row.under, row.under, note, width)),
  ]);
  const gone = picture.gone.length > 0 ? [behind('', '  ', `gone: ${enumerated(picture.gone)}`, width)] : [];
  return [...lines, ...gone].join('\n');
}

function group(title: string, nodes: readonly TreeNode[]): Row[] {
  if (nodes.length === 0) return [];
  return [{ lead: '', name: title, what: '', number: '', words: '', under: '', notes: [] }, ...rowsOf(nodes, '')];
}

function rowsOf(nodes: readonly TreeNode[], lead: string): Row[] {
  return nodes.flatMap((node, index) => {
    const isLast = index === nodes.length - 1;
    const below = `${lead}${isLast ? '   ' : '│  '}`;
    const { tier } = node;
    const [, number = '', words = tier.use] = /^(.*%) (.*)$/.exec(tier.use) ?? [];
    const row = {
      lead: `${lead}${isLast ? '└─ ' : '├─ '}`,
      name: tier.id,
      what: tier.what,
      number,
      words: [words, ...tierRemarks(tier)].join(', '),
      under: `${below}${node.below.length > 0 ? '│  ' : '   '}`,
      notes: notesOf(node),
    };
    return [row, ...rowsOf(node.below, below)];
  });
}

function notesOf({ below, elsewhere, copies }: TreeNode): string[] {
  const links = linkWords(elsewhere);
  return [
    ...(links === '' ? [] : [below.length > 0 ? `also ${links}` : links]),
    ...(copies.length > 0 ? [`copies ${enumerated(copies)}`] : []),
  ];
}

function alignedLines(rows: readonly Row[]): string[] {
  const widest = (of: (row: Row) => string): number => Math.max(...rows.map((row) => textWidth(of(row))));
  const [name, what, number] = [widest(branch), widest((row) => row.what), widest((row) => row.number)];
  return rows.map((row) => {
    if (row.what === '') return row.name;
    const use = `${' '.repeat(number - textWidth(row.number))}${row.number} ${row.words}`;
    return [padEnd(branch(row), name), padEnd(row.what, what), use].join(GAP).trimEnd();
  });
}

function branch({ lead, name }: Row): string {
  return `${lead}${name}`;
}

function looseLine({ lead, name, what, number, words, under }: Row, width: number): string {
  return what === '' ? name : behind(lead, under, `${name}: ${what}, ${number} ${words}`, width);
}

/** Wrapped, the first line behind `lead`, the others behind `under`. */
function behind(lead: string, under: string, text: string, width: number): string {
  const lines = wrap(text, Math.max(20, width - Math.max(textWidth(lead), textWidth(under))));
  return lines.map((line, index) => `${index === 0 ? lead : under}${line}`).join('\n');
}
