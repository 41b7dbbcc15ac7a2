import { localTopology } from '../../model/topology/topology-of.ts';
import { cleanUp } from '../clean-up.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../files.ts';
import type { Context } from '../context.ts';
import { backend } from '../stack.ts';
import { stepOf } from '../step-of.ts';

export interface UpCommandOptions {
  readonly plan: string;
  readonly step: number;
  readonly name: string;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly dryRun?: true;
}

/** `shop-plan up` */
export async function upCommand({ terminal, signal }: Context, options: UpCommandOptions): Promise<ExitCode> {
  const plan = await loadPlan(options.plan);
  const topology = localTopology(plan, stepOf(plan, options.step));
  backend().check(topology);
  if (options.dryRun) {
    if (terminal.json) terminal.printJson({ formatVersion: 1, topology });
    for (const { id, kind, instances, calls } of terminal.json ? [] : topology.tiers) {
      terminal.out(
        `would start ${instances} × ${kind} as ${id}${calls.length > 0 ? `, calling ${calls.join(' and ')}` : ''}\n`,
      );
    }
    return EXIT.ok;
  }
  await cleanUp(terminal);
  const { name, seed, products, users } = options;
  const onProgress = terminal.message;
  const stack = await backend().up(topology, { name, seed, products, users, signal, onProgress });
  if (terminal.json) terminal.printJson({ formatVersion: 1, stack });
  else
    terminal.out(
      `step ${stack.step} is up at ${stack.base_url} (${stack.processes.length} processes); end it with \`shop-plan down\`\n`,
    );
  return EXIT.ok;
}
