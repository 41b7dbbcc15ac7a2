import type { Outcome } from '../../model/judge/outcome.ts';
import { STATUS_SHOWN } from '../verdict-text.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

export type Tone = 'good' | 'warn' | 'bad';

/** A word that colour only underlines. */
export function badge(tone: Tone, symbol: string, word: string): Markup {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

export function statusBadge(outcome: Outcome): Markup {
  if (outcome === 'NOT_JUDGED') return badge('warn', '-', 'NOT JUDGED');
  const { emphasis, symbol, word } = STATUS_SHOWN[outcome];
  return badge(emphasis, symbol, word);
}
