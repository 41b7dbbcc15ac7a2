import type { Style } from './style.ts';
import type { Column } from './table.ts';

/** How a piece of text is meant. Only emphasis: the text says the same without it. */
export type Tone = Exclude<keyof Style, 'accent'>;
export type Cell = string | { readonly text: string; readonly tone: Tone };
/** A row for programs: raw numbers, in the unit that the key or a `unit` field names. */
export type DataRow = Readonly<Record<string, string | number | boolean | null>>;

export interface TableBlock {
  readonly kind: 'table';
  /** Says in one word what the rows are, for formats that hold several tables: `quantities`, `tiers`. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly data: readonly DataRow[];
}

/** Lines behind the branches of a tree; one that is too long, or has several lines itself, goes on behind `under`. */
export interface TreeBlock {
  readonly kind: 'tree';
  readonly name: string;
  readonly lines: readonly { readonly lead: string; readonly under: string; readonly text: string }[];
  readonly data: readonly DataRow[];
}

/** Drawn line by line as it is: plots, diagrams. */
export interface DrawingBlock {
  readonly kind: 'drawing';
  readonly text: string;
  /** What Markdown is to take the text for, e.g. `mermaid`; plain text when absent. */
  readonly language?: string;
  /** The same in sentences, for those who cannot see it. */
  readonly says?: readonly string[];
}

export type Block =
  | TableBlock
  | { readonly kind: 'heading'; readonly text: string }
  /** Wrapped to the width there is. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: Tone }
  /** One of a list: a title that can stand alone, and lines that say more, each wrapped under it. */
  | { readonly kind: 'item'; readonly title: string; readonly tone?: Tone; readonly lines: readonly string[] }
  /** Of equal rank, each a sentence or a few. */
  | { readonly kind: 'list'; readonly entries: readonly string[] }
  | TreeBlock
  | DrawingBlock;

/** A report before it is written in one of the formats: text, Markdown or CSV. */
export type ReportDocument = readonly Block[];
