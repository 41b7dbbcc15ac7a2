import { composeProject, composeText } from '../../infra/compose/project.ts';
import { localConfig } from '../../infra/local/config.ts';
import { StackError } from '../../infra/backend.ts';
import { topologyFor } from '../../harness/stack-for.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { cleanUp } from '../clean-up.ts';
import { EXIT } from '../exit-code.ts';
import { DEFAULT_STACK, DEFAULT_STEP } from '../options.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLiveScenario, loadPlan, planOf } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { backendNamed } from '../stack.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';
import type { Terminal } from '../terminal.ts';

export interface UpCommandOptions {
  /** That of the scenario when absent, else the first of ours. */
  readonly plan?: string;
  /** One that the scenario is for when absent. */
  readonly step?: number;
  /** The scenario that the stack is for. */
  readonly for?: string;
  readonly name: string;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly backend: string;
  readonly dryRun?: true;
}

/** `shop-plan up` */
export async function upCommand({ terminal, signal }: Context, options: UpCommandOptions): Promise<ExitCode> {
  const backend = backendNamed(options.backend);
  const isLocal = options.backend === 'local';
  const topology = await topologyAsked(options);
  try {
    backend.check(topology);
  } catch (error) {
    // The plan asks for what there is not: nothing is wrong with the machine.
    throw error instanceof StackError ? new UsageError(error.message, error.help) : error;
  }
  if (options.dryRun) {
    if (isLocal) sayTiers(terminal, topology);
    else sayProject(terminal, topology, options);
    return EXIT.ok;
  }
  if (isLocal) await cleanUp(terminal);
  const { name, seed, products, users } = options;
  const onProgress = terminal.message;
  const stack = await backend.up(topology, { name, seed, products, users, signal, onProgress });
  if (terminal.json) terminal.printJson({ formatVersion: 1, stack });
  else
    terminal.out(
      `step ${stack.step} is up at ${stack.base_url} (${stack.processes.length} processes); end it with \`shop-plan down${name === DEFAULT_STACK ? '' : ` --name ${name}`}${isLocal ? '' : ' --backend compose'}\`\n`,
    );
  return EXIT.ok;
}

/** @throws UsageError or InvalidInput */
async function topologyAsked({ plan: name, step, for: asked }: UpCommandOptions): Promise<Topology> {
  const plan = await loadPlan(name ?? (asked === undefined ? undefined : planOf(asked)));
  if (asked === undefined) return localTopology(plan, stepOf(plan, step ?? DEFAULT_STEP));
  const scenario = await loadLiveScenario(asked, plan);
  const { steps } = scenario;
  const chosen = step ?? (steps.includes(DEFAULT_STEP) ? DEFAULT_STEP : steps[0]);
  if (chosen !== undefined && steps.includes(chosen)) return topologyFor(plan, stepOf(plan, chosen), scenario);
  throw new UsageError(`\`${scenario.name}\` is not for step ${step}`, `it is for ${steps.join(', ')}`);
}

function sayTiers(terminal: Terminal, topology: Topology): void {
  if (terminal.json) terminal.printJson({ formatVersion: 1, topology });
  for (const { id, kind, instances, calls } of terminal.json ? [] : topology.tiers) {
    terminal.out(
      `would start ${instances} × ${kind} as ${id}${calls.length > 0 ? `, calling ${calls.join(' and ')}` : ''}\n`,
    );
  }
}

function sayProject(terminal: Terminal, topology: Topology, options: UpCommandOptions): void {
  const project = composeProject(topology, options, localConfig());
  if (terminal.json) terminal.printJson({ formatVersion: 1, topology, compose: project.compose });
  else terminal.out(composeText(topology, project));
}
