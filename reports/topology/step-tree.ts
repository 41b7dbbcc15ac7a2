import type { Link, PicturedTier, StepPicture } from './step-picture.ts';

/** A step as trees in which every tier stands once. */
export interface StepTree {
  /** Below the clients. */
  readonly entered: readonly TreeNode[];
  /** What is called from several places that are equally near to the clients. */
  readonly shared: readonly TreeNode[];
  /** What nothing calls: it begins by itself. */
  readonly apart: readonly TreeNode[];
}

export interface TreeNode {
  readonly tier: PicturedTier;
  readonly below: readonly TreeNode[];
  /** What it calls that stands elsewhere. */
  readonly elsewhere: readonly Link[];
  /** What it copies. */
  readonly copies: readonly string[];
}

/**
 * Puts every tier below the one that calls it; where several do, below the one that is nearest to the clients, and where several are
 * equally near, among the shared ones.
 */
export function treeOf(picture: StepPicture): StepTree {
  const links = picture.links.filter(({ kind, from, to }) => kind !== 'copies' && from !== to);
  const depths = depthsOf(picture, links);
  const parents = new Map(picture.tiers.map(({ id }) => [id, parentOf(id, links, depths)]));
  const nodeOf = (tier: PicturedTier): TreeNode => {
    const own = links.filter(({ from }) => from === tier.id);
    const [below, elsewhere] = [own.filter(isBelow), own.filter((link) => !isBelow(link))];
    return {
      tier,
      below: below.flatMap(({ to }) => picture.tiers.filter(({ id }) => id === to)).map(nodeOf),
      elsewhere,
      copies: picture.links.filter(({ kind, to }) => kind === 'copies' && to === tier.id).map(({ from }) => from),
    };
  };
  const isBelow = ({ from, to }: Link): boolean => parents.get(to) === from;
  const roots = picture.tiers.filter(({ id }) => parents.get(id) === undefined);
  const isDoor = ({ id }: PicturedTier): boolean => picture.doors.includes(id);
  const isShared = ({ id }: PicturedTier): boolean => (depths.get(id) ?? 0) > 0;
  return {
    entered: picture.doors.flatMap((door) => roots.filter(({ id }) => id === door)).map(nodeOf),
    shared: roots.filter((tier) => !isDoor(tier) && isShared(tier)).map(nodeOf),
    apart: roots.filter((tier) => !isDoor(tier) && !isShared(tier)).map(nodeOf),
  };
}

/** How many calls each tier is away from the clients, or else from what begins by itself; tiers that only call each other are left out. */
function depthsOf({ doors, tiers }: StepPicture, links: readonly Link[]): Map<string, number> {
  const depths = new Map<string, number>();
  const walkFrom = (starts: readonly string[]): void => {
    for (const id of starts) if (!depths.has(id)) depths.set(id, 0);
    // A map goes on with what is added while it is walked through.
    for (const [id, depth] of depths) {
      for (const { from, to } of links) if (from === id && !depths.has(to)) depths.set(to, depth + 1);
    }
  };
  walkFrom(doors);
  walkFrom(tiers.map(({ id }) => id).filter((id) => !links.some(({ to }) => to === id)));
  return depths;
}

/** The one caller that is nearest to the clients; none where several are. */
function parentOf(id: string, links: readonly Link[], depths: ReadonlyMap<string, number>): string | undefined {
  const depth = depths.get(id);
  if (depth === undefined || depth === 0) return undefined;
  const nearest = links.filter(({ from, to }) => to === id && depths.get(from) === depth - 1);
  return nearest.length === 1 ? nearest[0]?.from : undefined;
}
