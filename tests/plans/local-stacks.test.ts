import { expect, test } from 'vitest';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import { assertShards } from '../../infra/local/applications.ts';
import { localConfig } from '../../infra/local/config.ts';
import { validateTopology } from '../../infra/local/validate-topology.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import type { Topology } from '../../model/topology/topology.ts';

const { applications } = localConfig();
const plans = await Promise.all(shippedPlans().map((name) => loadPlan(name)));
const topologies = plans.flatMap((plan) => plan.steps.map((step) => localTopology(plan, step)));
const startable = topologies.filter(({ application }) => application !== undefined);
const named = ({ plan, step }: Topology): string => `${plan} ${step}`;
/** The shop's rows are in one database. */
const refused = ['order-management 3'];

test.each(
  startable.filter((topology) => !refused.includes(named(topology))).map((topology) => [named(topology), topology]),
)('a stack of %s could be started here', (_, topology) => {
  expect(() => check(topology)).not.toThrow();
});

test.each(refused)('a stack of %s is refused, with the reason', (name) => {
  const topology = startable.find((each) => named(each) === name);
  expect(() => check(topology)).toThrow('`shards` has 2 shards, but application `shop` cannot spread its rows');
});

function check(topology: Topology | undefined): void {
  const application = applications[topology?.application ?? ''];
  if (topology === undefined || application === undefined) throw new Error('no such step, or no such application');
  assertShards(application, topology);
  validateTopology(topology);
}
