import type { TierKind } from '../../model/topology/topology.ts';
import { mermaidIds, mermaidLabel } from './mermaid-text.ts';
import type { Link, PicturedTier, StepPicture } from './step-picture.ts';
import { tierRemarks } from './tier-remarks.ts';

const CLIENTS = 'clients';
const ARROWS: Readonly<Record<Link['kind'], string>> = {
  calls: '-->',
  takes: '-.->|work|',
  copies: '-.->|copies|',
};
const STORES: readonly TierKind[] = ['postgres', 'redis', 'object-store'];

/**
 * A step as a flowchart of Mermaid, in which every tier and every call stands once. New tiers and the one that breaks first have a class
 * of their own, and say so in words, too.
 */
export function topologyMermaid(picture: StepPicture): string {
  const { tiers, links, doors } = picture;
  const ids = mermaidIds(
    tiers.map(({ id }) => id),
    'tier',
  );
  const idOf = (name: string): string => ids.get(name) ?? name;
  const isNew = tiers.filter(({ news }) => news === 'new').map(({ id }) => idOf(id));
  const isFirst = tiers.filter(({ breaks }) => breaks).map(({ id }) => idOf(id));
  return [
    'flowchart TB',
    `  ${CLIENTS}([${mermaidLabel([CLIENTS])}])`,
    ...tiers.map((tier) => `  ${idOf(tier.id)}${shapeOf(tier)}`),
    ...doors.map((door) => `  ${CLIENTS} --> ${idOf(door)}`),
    ...links.map(({ from, to, kind }) => `  ${idOf(from)} ${ARROWS[kind]} ${idOf(to)}`),
    ...classLines('isNew', 'stroke-width:3px', isNew),
    ...classLines('breaksFirst', 'stroke-dasharray:6 3', isFirst),
  ].join('\n');
}

function shapeOf({ id, kind, what, use, breaks, news }: PicturedTier): string {
  const remarks = tierRemarks({ breaks, news }).join(', ');
  const label = mermaidLabel([id, what, use, ...(remarks === '' ? [] : [remarks])]);
  if (STORES.includes(kind)) return `[(${label})]`;
  return kind === 'external' ? `([${label}])` : `[${label}]`;
}

function classLines(name: string, style: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [`  classDef ${name} ${style}`, `  class ${ids.join(',')} ${name}`];
}
