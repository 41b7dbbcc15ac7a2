import { nearest } from '../../model/document/nearest.ts';
import type { ArchitectureStep, Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { variableOf } from '../../model/questions/solve-variable.ts';
import { readBound } from '../../model/questions/sweep-bound.ts';
import { findOutput, outputNames } from '../../model/questions/sweep-outputs.ts';
import { sweep } from '../../model/questions/sweep.ts';
import { sweepDocument } from '../../reports/sweep-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface SweepOptions {
  readonly plan: string;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly log?: true;
  readonly show: readonly string[];
  readonly step?: number;
  readonly set: readonly string[];
}

/** `shop-plan sweep <name> --from <v> --to <v>` */
export async function sweepCommand({ terminal }: Context, name: string, options: SweepOptions): Promise<ExitCode> {
  const plan = withSettings(await loadPlan(options.plan, { claims: false }), options.set);
  const step = options.step === undefined ? plan.steps.at(-1) : stepOf(plan, options.step);
  requireSweepable(plan, step, name);
  requireOutputs(plan, step, options.show);
  const variable = variableOf(plan, step, name);
  const from = readBound('--from', options.from, variable, plan.units);
  const to = readBound('--to', options.to, variable, plan.units);
  checkEnds(from, to, variable.least, options);
  const { points, log = false } = options;
  const result = sweep(plan, { variable, from, to, points, log, show: options.show, step });
  const { width, format } = terminal;
  const layout = { width, tableWidth: format === 'text' ? width : Infinity };
  const all = format !== 'text' || options.show.length > 0;
  await show(terminal, { data: () => result, document: () => sweepDocument(result, { ...layout, all }) });
  return EXIT.ok;
}

function requireSweepable(plan: Plan, step: ArchitectureStep | undefined, name: string): void {
  const ofTiers = step?.tiers.flatMap(({ id }) => [`${id}.instances`, `${id}.capacity`]) ?? [];
  const names = [...plan.quantities.keys(), ...ofTiers];
  if (names.includes(name)) return;
  const where = step ? `${plan.name}, step ${step.step}` : plan.name;
  throw new UsageError(`nothing that could be varied is called \`${name}\` in ${where}`, helpFor(name, names));
}

function requireOutputs(plan: Plan, step: ArchitectureStep | undefined, shown: readonly string[]): void {
  if (shown.length === 0 && !step) {
    throw new UsageError(`${plan.name} has no architecture to show`, 'name a quantity, as in `--show storage.total`');
  }
  const unknown = shown.find((name) => !findOutput(plan, step, name));
  if (unknown === undefined) return;
  const where = step ? `${plan.name}, step ${step.step}` : plan.name;
  throw new UsageError(
    `nothing to show is called \`${unknown}\` in ${where}`,
    helpFor(unknown, outputNames(plan, step)),
  );
}

function helpFor(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names';
}

function checkEnds(from: number, to: number, least: number, { from: first, to: last, log }: SweepOptions): void {
  if (from >= to) {
    const help = from === to ? 'leave room between them' : 'exchange them';
    throw new UsageError(`\`--from ${first}\` is not below \`--to ${last}\``, help);
  }
  if (from < least) throw new UsageError(`\`--from ${first}\` is below what it can be`, `begin at ${least} or above`);
  if (log && from <= 0) {
    throw new UsageError(`a log scale cannot begin at ${first}`, 'begin above 0, or leave out `--log`');
  }
}
