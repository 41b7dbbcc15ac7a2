/**
 * How emphasis is drawn. Whoever prints chooses it: chalk on a colour terminal, `plainStyle` elsewhere. Text must read the
 * same without it, so nothing may be said by colour alone.
 */
export interface Style {
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  /** Places and gutters. */
  readonly accent: (text: string) => string;
}

const same = (text: string): string => text;

/** No emphasis: NO_COLOR, pipes and files. */
export const plainStyle: Style = { strong: same, dim: same, good: same, bad: same, warn: same, accent: same };

/** How text is laid out. */
export interface Layout {
  readonly style: Style;
  /** Terminal columns to stay within. */
  readonly width: number;
}

export const PLAIN_80: Layout = { style: plainStyle, width: 80 };
