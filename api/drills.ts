import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DrillTopic } from '../model/drill/drill.ts';
import { readDrill } from '../model/drill/read-drill.ts';
import type { Plan } from '../model/plan/plan.ts';
import { readWhiteboard } from '../model/whiteboard/read-whiteboard.ts';
import type { Whiteboard } from '../model/whiteboard/whiteboard.ts';
import { DEFAULT_PLAN, loadPlan, ROOT, shippedPlans } from './files.ts';

const FOLDER = 'lessons/drill';
const WHITEBOARD = 'lessons/whiteboard.yaml';

/**
 * The drills that come with shop-plan, in the order in which their lessons are.
 * @throws InvalidInput for a drill or plan with mistakes.
 */
export async function loadDrills(): Promise<DrillTopic[]> {
  const plans = new Map<string, Plan>();
  for (const name of shippedPlans()) plans.set(name, await loadPlan(name, { claims: false }));
  return readdirSync(join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.yaml'))
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => readDrill(`${FOLDER}/${file}`, textAt(`${FOLDER}/${file}`), plans));
}

/**
 * What to draw first.
 * @throws InvalidInput for a file with mistakes.
 */
export async function loadWhiteboard(): Promise<Whiteboard> {
  return readWhiteboard(WHITEBOARD, textAt(WHITEBOARD), await loadPlan(DEFAULT_PLAN, { claims: false }));
}

function textAt(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
