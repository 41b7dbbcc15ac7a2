import { describe, expect, it } from 'vitest';
import { layoutOf } from './graph-layout.ts';
import type { GraphEdge } from './graph-layout.ts';

function edgesOf(text: string): GraphEdge[] {
  return text.split(', ').map((each) => {
    const [from = '', to = ''] = each.split('>');
    return { from, to, label: '' };
  });
}

function laidOut(nodes: string, edges: string): ReturnType<typeof layoutOf> {
  return layoutOf(nodes[0] ?? '', [...nodes], edgesOf(edges));
}

describe('layoutOf', () => {
  it('puts each node one column behind the last of its callers', () => {
    const { nodes, columns } = laidOut('abcd', 'a>b, b>c, a>c, c>d');
    expect([...nodes].flatMap(([id, { column }]) => (id.length === 1 ? [`${id}${column}`] : []))).toEqual([
      'a0',
      'b1',
      'c2',
      'd3',
    ]);
    expect(columns).toBe(4);
  });

  it('bends an edge over several columns through a place that no node has', () => {
    const { nodes, edges } = laidOut('abc', 'a>b, b>c, a>c');
    const through = edges[2]?.through ?? [];
    expect(through.map(({ column }) => column)).toEqual([0, 1, 2]);
    expect(through[1]?.row).not.toBe(nodes.get('b')?.row);
  });

  it('lets no circle of calls keep it busy', () => {
    const { nodes, edges } = laidOut('abc', 'a>b, b>c, c>a, b>b');
    expect(nodes.get('c')?.column).toBe(2);
    expect(edges).toHaveLength(4);
  });

  it('never puts two things in one place', () => {
    const { nodes } = laidOut('abcdefgh', 'a>b, a>c, a>d, b>e, c>e, d>f, e>g, f>g, a>g, b>h, h>g');
    const places = [...nodes.values()].map(({ column, row }) => `${column} ${row}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('turns neighbours towards each other, so that lines do not cross without need', () => {
    const { nodes } = laidOut('axybc', 'a>x, a>y, x>c, y>b');
    const above = (one: string, other: string): boolean => (nodes.get(one)?.row ?? 0) < (nodes.get(other)?.row ?? 0);
    expect(above('x', 'y')).toBe(above('c', 'b'));
  });
});
