import { loadPlan, shippedPlans } from '../../api/files.ts';
import { composeProject } from '../../infra/compose/project.ts';
import type { Project } from '../../infra/compose/project.ts';
import { localConfig } from '../../infra/local/config.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import type { Topology } from '../../model/topology/topology.ts';

/** Every step of every shipped plan that names an application, as stacks would run it. */
export const TOPOLOGIES: readonly Topology[] = (
  await Promise.all(
    shippedPlans().map(async (name) => {
      const plan = await loadPlan(name, { claims: false });
      return plan.application === undefined ? [] : plan.steps.map((step) => localTopology(plan, step));
    }),
  )
).flat();

/** Steps that cannot be composed, with what the refusal says. */
export const REFUSED: Readonly<Record<string, string>> = {
  'order-management 3': 'application `shop` cannot spread its rows over several',
};

export const COMPOSED = TOPOLOGIES.filter((topology) => !(titleOf(topology) in REFUSED));

export function titleOf({ plan, step }: Topology): string {
  return `${plan} ${step}`;
}

export function topologyOf(title: string): Topology {
  const found = TOPOLOGIES.find((topology) => titleOf(topology) === title);
  if (found === undefined) throw new Error(`there is no ${title}`);
  return found;
}

export function projectOf(topology: Topology): Project {
  return composeProject(topology, { seed: 42, products: 1_000, users: 100 }, CONFIG);
}

const CONFIG = localConfig();
