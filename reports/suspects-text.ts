import type { Suspect } from '../model/diagnosis/suspect.ts';
import type { Layout } from './style.ts';
import { wrapUnder } from './text-width.ts';

/** `the cause is probably `database`: …` in one sentence, the likeliest first; '' without suspects. */
export function suspectsSentence(suspects: readonly Suspect[]): string {
  const [first, ...others] = suspects;
  if (!first) return '';
  const also = others.length === 0 ? '' : `; it may also be ${others.map(({ tier }) => `\`${tier}\``).join(' or ')}`;
  return `the cause is probably \`${first.tier}\`${also}`;
}

/** The sentence, and under it what points at each. Ends with a line end, if anything. */
export function suspectsText(suspects: readonly Suspect[], { style, width }: Layout): string {
  if (suspects.length === 0) return '';
  const evidence = suspects.flatMap(({ tier, because }) =>
    because.map((each) => wrapUnder(suspects.length > 1 ? `  ${tier}: ` : '  - ', each, width)),
  );
  return `${[style.strong(suspectsSentence(suspects)), ...evidence].join('\n')}\n`;
}
