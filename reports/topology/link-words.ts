import type { Link } from './step-picture.ts';

/** `calls cache and database, hands messages to email-workers`: what a tier does with those it is linked to; empty without any. */
export function linkWords(links: readonly Link[]): string {
  const to = (kind: Link['kind']): string[] => links.filter((link) => link.kind === kind).map((link) => link.to);
  const [called, taking] = [to('calls'), to('takes')];
  return [
    ...(called.length > 0 ? [`calls ${enumerated(called)}`] : []),
    ...(taking.length > 0 ? [`hands work to ${enumerated(taking)}`] : []),
  ].join(', ');
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
