export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface GraphLayout {
  /** Places of nodes: column from the left, and row within it, the middle of the column being 0. */
  readonly nodes: ReadonlyMap<string, GraphPlace>;
  /** Edges with the places that they go through, both ends included. */
  readonly edges: readonly { readonly edge: GraphEdge; readonly through: readonly GraphPlace[] }[];
  readonly columns: number;
  /** Rows of the topmost and the bottommost place. */
  readonly highest: number;
  readonly lowest: number;
}

export interface GraphPlace {
  readonly column: number;
  readonly row: number;
}

/**
 * A layered drawing from left to right (K. Sugiyama, S. Tagawa, M. Toda, Methods for Visual Understanding of Hierarchical System Structures, 1981):
 * each node one column behind the last of those that call it, edges over several columns bent through free places, and columns
 * ordered so that neighbours are near each other. Edges that lead back do not count for the columns.
 */
export function layoutOf(entry: string, nodes: readonly string[], edges: readonly GraphEdge[]): GraphLayout {
  const forward = withoutReturns(entry, nodes, edges);
  const columnOf = columnsOf(nodes, forward);
  const columns = Math.max(...columnOf.values()) + 1;
  const chains = edges.map((edge, index) => ({ edge, chain: chainOf(edge, index, columnOf) }));
  const order = ordered(
    nodes,
    columnOf,
    columns,
    chains.map(({ chain }) => chain),
  );
  const places = new Map<string, GraphPlace>();
  for (const [column, members] of order.entries()) {
    for (const [id, row] of rowsOf(members)) places.set(id, { column, row });
  }
  const rows = [...places.values()].map(({ row }) => row);
  return {
    nodes: places,
    edges: chains.map(({ edge, chain }) => ({ edge, through: chain.flatMap((id) => places.get(id) ?? []) })),
    columns,
    highest: Math.min(...rows),
    lowest: Math.max(...rows),
  };
}

/** Edges that do not lead back to where a walk from the entry has come from. */
function withoutReturns(entry: string, nodes: readonly string[], edges: readonly GraphEdge[]): GraphEdge[] {
  const returns = new Set<GraphEdge>();
  const done = new Set<string>();
  const walk = (id: string, trail: ReadonlySet<string>): void => {
    const here = new Set([...trail, id]);
    for (const edge of edges.filter(({ from }) => from === id)) {
      if (here.has(edge.to)) returns.add(edge);
      else if (!done.has(edge.to)) walk(edge.to, here);
    }
    done.add(id);
  };
  for (const id of [entry, ...nodes]) if (!done.has(id)) walk(id, new Set());
  return edges.filter((edge) => !returns.has(edge));
}

/** Each node as far right as its longest way from the left is. */
function columnsOf(nodes: readonly string[], edges: readonly GraphEdge[]): Map<string, number> {
  const columns = new Map(nodes.map((id) => [id, 0]));
  let moved = true;
  while (moved) {
    moved = false;
    for (const { from, to } of edges) {
      const least = (columns.get(from) ?? 0) + 1;
      if ((columns.get(to) ?? 0) >= least) continue;
      columns.set(to, least);
      moved = true;
    }
  }
  return columns;
}

/** The nodes that an edge goes through, with a free place in every column between its ends. */
function chainOf({ from, to }: GraphEdge, index: number, columnOf: ReadonlyMap<string, number>): string[] {
  const [start, end] = [columnOf.get(from) ?? 0, columnOf.get(to) ?? 0];
  const between = Array.from(
    { length: Math.max(0, Math.abs(end - start) - 1) },
    (_, i) => start + (i + 1) * Math.sign(end - start),
  );
  return [from, ...between.map((column) => freePlace(index, column)), to];
}

const FREE = '\0';

/** No tier can be called so. */
function freePlace(edge: number, column: number): string {
  return `${FREE}${edge}${FREE}${column}`;
}

/** An edge that only passes needs less room than a node. */
const FREE_HEIGHT = 0.4;

/** Middles of the members of a column, from top to bottom around 0. */
function rowsOf(members: readonly string[]): [string, number][] {
  const height = (id: string): number => (id.startsWith(FREE) ? FREE_HEIGHT : 1);
  let top = -members.reduce((sum, id) => sum + height(id), 0) / 2;
  return members.map((id) => {
    const row = top + height(id) / 2;
    top += height(id);
    return [id, row];
  });
}

const SWEEPS = 8;

/** Members of each column from top to bottom: each is moved to the mean place of its neighbours, from left to right and back. */
function ordered(
  nodes: readonly string[],
  columnOf: ReadonlyMap<string, number>,
  columns: number,
  chains: readonly (readonly string[])[],
): string[][] {
  const order: string[][] = Array.from({ length: columns }, () => []);
  for (const id of nodes) order[columnOf.get(id) ?? 0]?.push(id);
  for (const chain of chains)
    for (const id of chain) if (id.startsWith(FREE)) order[Number(id.split(FREE)[2])]?.push(id);
  const neighbours = new Map<string, string[]>();
  for (const chain of chains) {
    for (const [index, id] of chain.slice(1).entries()) {
      const before = chain[index] ?? id;
      neighbours.set(id, [...(neighbours.get(id) ?? []), before]);
      neighbours.set(before, [...(neighbours.get(before) ?? []), id]);
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const row = new Map(
      order.flatMap((members) => members.map((id, index) => [id, index - (members.length - 1) / 2] as const)),
    );
    const weight = (id: string): number => {
      const all = (neighbours.get(id) ?? []).map((each) => row.get(each) ?? 0);
      return all.length === 0 ? (row.get(id) ?? 0) : all.reduce((sum, each) => sum + each, 0) / all.length;
    };
    const indices = sweep % 2 === 0 ? order.keys() : [...order.keys()].toReversed();
    for (const index of indices) {
      const members = order[index] ?? [];
      const weights = new Map(members.map((id) => [id, weight(id)]));
      const sorted = members.toSorted((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
      order[index] = sorted;
      for (const [place, id] of sorted.entries()) row.set(id, place - (sorted.length - 1) / 2);
    }
  }
  return order;
}
