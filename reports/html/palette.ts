/** The colours of the page by what they are for. */
export interface Palette {
  readonly paper: string;
  /** Behind plots, heads of tables and code. */
  readonly shade: string;
  readonly ink: string;
  readonly faint: string;
  readonly rule: string;
  readonly link: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly goodShade: string;
  readonly warnShade: string;
  readonly badShade: string;
  /** Lines of plots; told apart by their dashes, too. */
  readonly series: readonly [string, string, string, string, string, string];
}

export const LIGHT: Palette = {
  paper: '#ffffff',
  shade: '#f5f6f8',
  ink: '#1a1d21',
  faint: '#565d66',
  rule: '#d8dce1',
  link: '#0b5394',
  good: '#0b6335',
  warn: '#7a4d00',
  bad: '#b01818',
  goodShade: '#e4f3ea',
  warnShade: '#fcf1dc',
  badShade: '#fde9e7',
  series: ['#1261a8', '#c2410c', '#0d7a5f', '#8a3fb0', '#946c00', '#be185d'],
};

export const DARK: Palette = {
  paper: '#14171a',
  shade: '#1d2125',
  ink: '#e7e9ec',
  faint: '#a2a9b2',
  rule: '#363c43',
  link: '#86bdf5',
  good: '#63d297',
  warn: '#f0b860',
  bad: '#ff8f86',
  goodShade: '#14301f',
  warnShade: '#352810',
  badShade: '#3b1a19',
  series: ['#6cb2f5', '#ff9a5c', '#4fd0ab', '#cf94f0', '#dfb93a', '#fb86b6'],
};

/** Text that stands on a ground somewhere on the page. */
export const TEXT_ON: readonly (readonly [Exclude<keyof Palette, 'series'>, Exclude<keyof Palette, 'series'>])[] = [
  ['ink', 'paper'],
  ['ink', 'shade'],
  ['faint', 'paper'],
  ['faint', 'shade'],
  ['link', 'paper'],
  ['link', 'shade'],
  ['good', 'paper'],
  ['warn', 'paper'],
  ['bad', 'paper'],
  ['bad', 'shade'],
  ['good', 'goodShade'],
  ['warn', 'warnShade'],
  ['bad', 'badShade'],
  ['ink', 'goodShade'],
  ['ink', 'warnShade'],
  ['ink', 'badShade'],
];

/** The palette as declarations of custom properties: `--ink: #1a1d21; …; --series-1: …`. */
export function declarations({ series, ...named }: Palette): string {
  const all = [
    ...Object.entries(named).map(([name, colour]) => [name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`), colour]),
    ...series.map((colour, index) => [`series-${index + 1}`, colour]),
  ];
  return all.map(([name, colour]) => `--${name}: ${colour};`).join(' ');
}
