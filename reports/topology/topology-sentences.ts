import { enumerated, linkWords } from './link-words.ts';
import type { PicturedTier, StepPicture } from './step-picture.ts';
import { tierRemarks } from './tier-remarks.ts';

/**
 * A step in sentences, for whoever hears it instead of seeing it: one of the whole, then one a tier, callers before what they call.
 * `app: 9 × express, calls cache and database. 77 % in use.`
 */
export function topologySentences(picture: StepPicture): string[] {
  const { doors, gone } = picture;
  return [
    `Clients call ${enumerated(doors)}.`,
    ...inReadingOrder(picture).map((tier) => sentenceOf(tier, picture)),
    ...(gone.length > 0 ? [`Gone: ${enumerated(gone)}.`] : []),
  ];
}

function sentenceOf({ id, what, use, breaks, news }: PicturedTier, { links }: StepPicture): string {
  const copied = links.filter(({ kind, to }) => kind === 'copies' && to === id).map(({ from }) => from);
  const does = [
    what,
    linkWords(links.filter(({ from }) => from === id)),
    ...(copied.length > 0 ? [`copies ${enumerated(copied)}`] : []),
  ].filter((part) => part !== '');
  const stands = [use, ...tierRemarks({ breaks, news })];
  return `${id}: ${does.join(', ')}. ${capitalised(stands.join(', '))}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As a request comes by: those that clients call first, each followed by what it calls that was not told yet, nearest first. */
function inReadingOrder({ tiers, links, doors }: StepPicture): PicturedTier[] {
  const order = new Set(doors);
  // A set goes on with what is added while it is walked through.
  for (const id of order) for (const { from, to } of links) if (from === id) order.add(to);
  const told = [...order].flatMap((id) => tiers.filter((tier) => tier.id === id));
  return [...told, ...tiers.filter(({ id }) => !order.has(id))];
}
