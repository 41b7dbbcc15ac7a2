import { z } from 'zod';
import type { StackProcess } from '../../infra/backend.ts';

const TIMEOUT_MS = 2_000;
const clusterShape = z.object({ members: z.array(z.object({ name: z.string(), role: z.string() })) });

/** The nodes that commits wait for, as the supervisors of all databases of a stack know it (Patroni's REST interface, GET /cluster). */
export async function synchronousNodes(processes: readonly StackProcess[]): Promise<string[]> {
  const supervisors = processes.filter(({ role }) => role === 'patroni');
  const views = await Promise.allSettled(supervisors.map(({ port }) => membersSeenFrom(port)));
  const members = views.flatMap((view) => (view.status === 'fulfilled' ? view.value : []));
  return [...new Set(members.filter(({ role }) => role === 'sync_standby').map(({ name }) => name))];
}

async function membersSeenFrom(port: number): Promise<z.infer<typeof clusterShape>['members']> {
  const response = await fetch(`http://127.0.0.1:${port}/cluster`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return clusterShape.parse(await response.json()).members;
}
