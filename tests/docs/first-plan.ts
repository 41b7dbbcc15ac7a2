import { readFileSync } from 'node:fs';

const text = readFileSync('docs/first-plan.md', 'utf8');
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

/** The smallest plan of docs/first-plan.md. */
export function smallestPlan(): string {
  const [smallest = ''] = blocks;
  return smallest;
}

/** How many blocks make up the plan that grows there. */
export const PARCELS_BLOCKS = blocks.length - 1;

/** The first so many blocks of the plan that grows there, as one file. */
export function parcelsPlan(count: number): string {
  return blocks.slice(1, count + 1).join('');
}
