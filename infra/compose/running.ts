import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Topology } from '../../model/topology/topology.ts';
import type { Stack, StackProcess, StackStatus } from '../backend.ts';
import { writeWhole } from '../files/write-whole.ts';
import { hasCode } from '../local/error-code.ts';
import type { Project } from './project.ts';

const stackShape = z.object({
  name: z.string(),
  plan: z.string(),
  step: z.number(),
  base_url: z.string(),
  feeds_dir: z.string(),
  services: z.record(z.string(), z.object({ tier: z.string(), role: z.string(), image: z.string() })),
});

/** What a later command has to know of a stack in containers. */
export type Composed = z.infer<typeof stackShape>;

/** One entry of `docker compose ps --format json`. */
const containerShape = z.object({
  Service: z.string(),
  State: z.string(),
  Health: z.string().default(''),
  ExitCode: z.number().default(0),
});
export type ComposeContainer = z.infer<typeof containerShape>;

const FILE = 'stack.json';

/** Notes in a project's folder what runs there. */
export function recordStack(
  folder: string,
  topology: Topology,
  project: Project,
  given: Pick<Stack, 'name' | 'base_url'>,
) {
  const services = Object.entries(project.compose.services).map(([id, { image, labels }]) => [
    id,
    { tier: labels['shop-plan.tier'] ?? '', role: labels['shop-plan.role'] ?? '', image },
  ]);
  const stack: Composed = {
    ...given,
    plan: topology.plan,
    step: topology.step,
    feeds_dir: join(folder, 'feeds'),
    services: Object.fromEntries(services),
  };
  writeWhole(join(folder, FILE), `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  return stack;
}

/** Null for a folder in which nothing was started. */
export function readStack(folder: string): Composed | null {
  try {
    return stackShape.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Compose wrote a list at first, and later an entry a line. */
export function readContainers(text: string): ComposeContainer[] {
  const list: unknown = text.trimStart().startsWith('[')
    ? JSON.parse(text)
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line));
  return z.array(containerShape).parse(list);
}

/** A stack as other backends describe theirs. Containers have no pid, start or log file that means something outside. */
export function stackOf({ services, ...stack }: Composed): Stack {
  const processes = Object.entries(services).map(([id, { tier, role, image }]): StackProcess => {
    return { id, tier, role, executable: image, pid: 0, port: 0, start_ticks: 0, log: '' };
  });
  return { ...stack, processes };
}

/** How each container is; a task that has ended well is no longer part of it. */
export function statusOf(stack: Composed, containers: readonly ComposeContainer[]): StackStatus {
  const found = new Map(containers.map((container) => [container.Service, container]));
  const processes = Object.keys(stack.services).flatMap((id) => {
    const container = found.get(id);
    const isDone = container?.State === 'exited' && container.ExitCode === 0 && container.Health === '';
    if (isDone && ['seed', 'cluster'].includes(stack.services[id]?.role ?? '')) return [];
    const alive = container?.State === 'running';
    const healthy = alive && ['', 'healthy'].includes(container.Health);
    const detail = container === undefined ? 'no container' : container.Health || container.State;
    return [{ id, alive, healthy, detail, memory_bytes: 0, cpu_s: 0 }];
  });
  return { stack: stackOf(stack), processes };
}
