import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../model/document/nearest.ts';
import type { Plan } from '../model/plan/plan.ts';
import { readPlan } from '../model/plan/read-plan.ts';
import type { ReadPlanOptions } from '../model/plan/read-plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { UsageError } from './usage-error.ts';

/** The root of the checkout or package: the folder with plans/ and scenarios/. Compiled code lies one folder deeper. */
export const ROOT = import.meta.url.endsWith('.ts')
  ? join(import.meta.dirname, '..')
  : join(import.meta.dirname, '../..');

export const DEFAULT_PLAN = 'amazon-shop';

/** A file that is not on the disk: its text, and what it is called where something is wrong with it. */
export interface GivenText {
  readonly name: string;
  readonly text: string;
}

/** A file of ours by its short name (`peak`), anybody's by its path (`./my.yaml`), or a text as it is. */
function locate(kind: 'plan' | 'scenario', given: string | GivenText): { path: string; text: string } {
  if (typeof given !== 'string') return { path: given.name, text: given.text };
  const name = given;
  const folder = join(ROOT, `${kind}s`);
  const path = isPath(name) ? name : join(folder, `${name}.yaml`);
  try {
    return { path: isPath(name) ? name : `${kind}s/${name}.yaml`, text: readFileSync(path, 'utf8') };
  } catch (error) {
    if (isPath(name)) throw new UsageError(`cannot read ${kind} ${name}: ${fileReason(error)}`, 'check the path');
    const known = namesIn(folder);
    const near = nearest(name, known);
    throw new UsageError(
      `no ${kind} is called \`${name}\``,
      near ? `did you mean \`${near}\`?` : `${kind}s: ${known.join(', ')}; or give a path such as ./my-${kind}.yaml`,
    );
  }
}

/** Names of the plans that come with shop-plan. */
export function shippedPlans(): string[] {
  return namesIn(join(ROOT, 'plans')).toSorted();
}

/** Names of the scenarios that come with shop-plan. */
export function shippedScenarios(): string[] {
  return namesIn(join(ROOT, 'scenarios')).toSorted();
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
}

/** Why a file could not be read, in words. */
export function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const words: Record<string, string> = {
    ENOENT: 'no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
  };
  return words[String(code)] ?? String(error);
}

/**
 * Reads a plan; `claims: false` leaves its claims out, which is quicker, and a function those that are not wanted.
 * @throws UsageError or InvalidInput
 */
export async function loadPlan(
  name: string | GivenText = DEFAULT_PLAN,
  options: Pick<ReadPlanOptions, 'claims'> = {},
): Promise<Plan> {
  const { path, text } = locate('plan', name);
  return readPlan(path, text, { ...options, priceBook: (book) => findPriceBook(dirname(path), book) });
}

/** A price book of ours by its short name, or anybody's by its path from the plan on. */
function findPriceBook(folder: string, name: string): { path: string; text: string } | undefined {
  const path = isPath(name) ? join(folder, name) : `plans/prices/${name}.yaml`;
  const text = textOf(isPath(name) ? path : join(ROOT, path));
  return text === undefined ? undefined : { path, text };
}

/** The plan that a scenario says it is for, where that comes with shop-plan. */
export function planOf(scenario: string): string {
  const name = statedPlan(scenario);
  return name !== undefined && shippedPlans().includes(name) ? name : DEFAULT_PLAN;
}

/** The plan that a scenario says it is for; undefined for one that suits any. */
export function statedPlan(scenario: string): string | undefined {
  return /^plan:\s*(["']?)([\w-]+)\1\s*(?:#.*)?$/m.exec(locate('scenario', scenario).text)?.[2];
}

/** @throws UsageError or InvalidInput */
export async function loadScenario(name: string | GivenText, plan: Plan): Promise<Scenario> {
  const { path, text } = locate('scenario', name);
  const { ENGINES } = await import('../engines/index.ts');
  const { readScenario } = await import('../model/scenario/read-scenario.ts');
  const engines = new Map([...ENGINES].map(([id, engine]) => [id, engine.claims.paces]));
  const { INSTRUMENTS } = await import('../harness/known-instruments.ts');
  const folder = typeof name === 'string' && !isPath(name) ? join(ROOT, 'scenarios') : dirname(path);
  const readTrace = (file: string): string | undefined => textOf(resolve(folder, file));
  return readScenario(path, text, plan, engines, { readTrace, instruments: INSTRUMENTS });
}

/**
 * The same for live servers: a scenario that they cannot run is refused.
 * @throws UsageError or InvalidInput
 */
export async function loadLiveScenario(name: string, plan: Plan): Promise<Scenario> {
  const scenario = await loadScenario(name, plan);
  await assertLive(scenario, plan, name);
  return scenario;
}

/** @throws UsageError for a scenario that live servers cannot run; `asked` is how a command line names it. */
export async function assertLive(scenario: Scenario, plan: Plan, asked: string): Promise<void> {
  const { liveLimits } = await import('../harness/live-limits.ts');
  const limits = liveLimits(scenario, plan, asked);
  const [first] = limits;
  if (first) throw new UsageError(limits.map(({ message }) => message).join('\n'), first.help);
}

/** A name with a slash or an ending is a path; other names are of what comes with shop-plan. */
export function isPath(name: string): boolean {
  return name.includes('/') || /\.ya?ml$/.test(name);
}

/** A file's text; undefined when there is no such file. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${path}: ${fileReason(error)}`, 'check the path');
  }
}
