import { resolve } from 'node:path';
import { StackError } from '../../infra/backend.ts';
import { deployableTier } from '../../infra/local/deploy/deployable-tier.ts';
import type { DeployOptions, DeployReport } from '../../infra/local/deploy/deployment.ts';
import { formatNumber } from '../../model/units/format.ts';
import { cleanUp } from '../clean-up.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { backend, runningStack } from '../stack.ts';
import { tierSettings } from '../tier-settings.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface DeployCommandOptions {
  readonly name: string;
  readonly tier?: string;
  readonly set: readonly string[];
  readonly entry?: string;
  readonly watch: number;
  readonly rollback?: true;
  readonly finish?: true;
}

/** `shop-plan deploy`: exit code 3 when the old instances are back in service, or had to stay there. */
export async function deployCommand({ terminal, signal }: Context, options: DeployCommandOptions): Promise<ExitCode> {
  const settings = tierSettings(options.set);
  const { name, tier, entry, watch } = options;
  const wanted = {
    settings,
    ...(tier === undefined ? {} : { tier }),
    ...(entry === undefined ? {} : { entry: resolve(entry) }),
  };
  if (!options.rollback && !options.finish) await assertDeployable(name, wanted);
  await cleanUp(terminal);
  const attended = { signal, onProgress: terminal.message };
  const report = await (options.rollback
    ? backend().rollBack(name, attended)
    : options.finish
      ? backend().finishDeployment(name, attended)
      : backend().deploy(name, { ...attended, ...wanted, watch_s: watch }));
  if (terminal.json) terminal.printJson({ formatVersion: 1, name, ...report });
  else terminal.out(`${deployText(report)}\n`);
  return EXIT.ok;
}

/** What cannot be deployed to a stack that is up is wrong to ask for: nothing is wrong with the machine. */
async function assertDeployable(name: string, wanted: Omit<DeployOptions, 'watch_s'>): Promise<void> {
  const { topology } = await runningStack(backend(), name);
  if (!topology) return;
  try {
    deployableTier(topology, wanted);
  } catch (error) {
    throw error instanceof StackError ? new UsageError(error.message, error.help) : error;
  }
}

function deployText({ tier, live, waiting, ended, watched }: DeployReport): string {
  const answers = `\`${tier}\` is answered by ${live.join(', ')}`;
  const seen =
    watched === undefined || watched.duration_s === 0
      ? ''
      : ` (in ${watched.duration_s} s ${formatNumber(watched.requests)} requests, ${formatNumber(watched.errors)} failed)`;
  const rest =
    waiting.length > 0
      ? `${waiting.join(', ')} run on: \`shop-plan deploy --rollback\` goes back, \`shop-plan deploy --finish\` ends them`
      : `ended ${ended.join(', ')}`;
  return `${answers}${seen}; ${rest}`;
}
