import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { isPath, loadPlan, planOf, shippedPlans, shippedScenarios } from '../../api/files.ts';
import { program } from '../../cli/program.ts';
import { recordingTerminal } from '../../cli/testing/recording-terminal.ts';
import type { Plan } from '../../model/plan/plan.ts';

/** A command line as the command line's own program understands it. */
interface Understood {
  readonly command: string;
  /** Arguments and options by name; those with a default are there, too. */
  readonly values: ReadonlyMap<string, unknown>;
}

/** What a part of a command line in a sentence may leave out. */
const LEFT_OUT = [
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.optionMissingArgument',
  'commander.help',
];

/** The names of all commands. */
export function commandNames(): string[] {
  return newProgram().commands.map((command) => command.name());
}

/**
 * What is wrong with a command line, without carrying it out: a command, option or value that is not there, or a scenario, plan, step or claim that
 * has another name. Undefined when it is right. Words such as `<run>` stand for anything.
 */
export async function whatIsWrong(words: readonly string[], isPart: boolean): Promise<string | undefined> {
  try {
    const understood = understand(words);
    return understood && (await unknownName(understood));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isPlaceholder = error.code === 'commander.invalidArgument' && words.some((word) => word.startsWith('<'));
    const isFine = error.exitCode === 0 || isPlaceholder || (isPart && LEFT_OUT.includes(error.code));
    return isFine ? undefined : error.message;
  }
}

function understand(words: readonly string[]): Understood | undefined {
  const root = newProgram();
  let understood: Understood | undefined;
  forEachCommand(root, (command) => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length > 0) return;
    command.action(() => {
      const args = command.registeredArguments.map((argument, index): [string, unknown] => [
        argument.name(),
        command.processedArgs[index],
      ]);
      understood = { command: command.name(), values: new Map([...Object.entries(command.opts()), ...args]) };
    });
  });
  root.parse(words, { from: 'user' });
  return understood;
}

function newProgram(): Command {
  const { terminal } = recordingTerminal(false);
  return program({ terminal, signal: new AbortController().signal }, () => undefined);
}

function forEachCommand(command: Command, apply: (command: Command) => void): void {
  apply(command);
  for (const child of command.commands) forEachCommand(child, apply);
}

/** Scenarios by the option or argument that names them, beside `--for` of `up`. */
const OF_SCENARIOS = ['scenario', 'live', 'history'];

async function unknownName({ command, values }: Understood): Promise<string | undefined> {
  const of = (name: string): string[] => [values.get(name)].flat().filter((value) => typeof value === 'string');
  const named = [...OF_SCENARIOS.flatMap(of), ...(command === 'up' ? of('for') : [])].filter(isName);
  const scenario = named.find((name) => !shippedScenarios().includes(name));
  if (scenario !== undefined) return `there is no scenario \`${scenario}\``;
  const plans = [...of('plan'), ...of('plans')].filter(isName);
  const lost = plans.find((name) => !shippedPlans().includes(name));
  if (lost !== undefined) return `there is no plan \`${lost}\``;
  const [first = 'amazon-shop'] = [...plans, ...named.map(planOf)];
  return await unknownPart(first, values, of);
}

/** Steps, claims and quantities of the plan that is meant. */
async function unknownPart(
  name: string,
  values: Understood['values'],
  of: (name: string) => string[],
): Promise<string | undefined> {
  const plan = await knownPlan(name);
  const step = values.get('step');
  if (typeof step === 'number' && !plan.steps.some((each) => each.step === step)) return `${name} has no step ${step}`;
  const claims = plan.claims.map(({ id }) => id);
  const only = of('only').filter(isName);
  const wrong = only.find((each) => !claims.includes(each) && !shippedScenarios().includes(each));
  if (wrong !== undefined) return `nothing is called \`${wrong}\``;
  const quantity = of('plan').some(isPath) ? undefined : of('quantity').find(isName);
  const isThere = quantity === undefined || plan.quantities.has(quantity);
  return isThere ? undefined : `${name} has no quantity \`${quantity}\``;
}

const plans = new Map<string, Promise<Plan>>();

/** A plan that comes along, read once. */
function knownPlan(name: string): Promise<Plan> {
  const known = plans.get(name) ?? loadPlan(name);
  plans.set(name, known);
  return known;
}

/** Not a path, a pattern, or a word that stands for others. */
function isName(text: string): boolean {
  return !isPath(text) && /^[\w.-]+$/.test(text);
}
