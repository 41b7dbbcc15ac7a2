import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Context } from './run.ts';

const EXAMPLES = `
Examples:
  shop-plan verify                          the documents' numbers, computed and measured
  shop-plan estimate                        what Amazon Shop needs
  shop-plan estimate ./my-plan.yaml --json
  shop-plan explain app.servers             where a number comes from
  shop-plan up --step 2                     start the real servers of step 2
  shop-plan run peak --step 2 --scale 0.2   drive a fifth of the peak against them
  shop-plan down

Exit codes: 0 fine, 1 an SLO or claim failed, 2 wrong plan or usage, 3 the machine or the stack failed,
4 the measurement is invalid or cannot be judged, 130 interrupted.`;

/** The command line. Commands are loaded when they are called, so that `estimate` starts without a load generator. */
export function program(context: Context, done: (code: ExitCode) => void): Command {
  const root = new Command('shop-plan');
  root
    .description("Do an architecture's numbers hold? Computes them, runs the real servers, measures, and judges.")
    .version('0.1.0')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  addModelCommands(root, context, done);
  addStackCommands(root, context, done);
  addRunCommands(root, context, done);
  return root;
}

type Register = (root: Command, context: Context, done: (code: ExitCode) => void) => void;

const addModelCommands: Register = (root, context, done) => {
  root
    .command('estimate')
    .description('capacity: traffic, storage, bandwidth, servers, cache, database; per step, what breaks first')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .addOption(json())
    .option('--full', 'also every assumption, with its source')
    .action(async (plan: string, options) =>
      done(await (await import('./commands/estimate.ts')).estimateCommand(context, plan, options)),
    );
  root
    .command('explain')
    .description('where a number comes from, down to the assumptions')
    .argument('<quantity>', 'such as app.servers')
    .addOption(planOption())
    .addOption(json())
    .action(async (id: string, options) =>
      done(await (await import('./commands/explain.ts')).explainCommand(context, id, options)),
    );
};

const addStackCommands: Register = (root, context, done) => {
  root
    .command('up')
    .description('start the reference stack of a step: real servers on 127.0.0.1')
    .addOption(planOption())
    .addOption(stepOption())
    .addOption(nameOption())
    .addOption(seedOption())
    .option('--products <n>', 'products to load', whole(1000, 10_000_000), 100_000)
    .option('--users <n>', 'users to load', whole(100, 1_000_000), 50_000)
    .option('--dry-run', 'say what would be started, and start nothing')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/up.ts')).upCommand(context, options)));
  root
    .command('down')
    .description('stop a stack; whatever a crash left behind goes too')
    .addOption(nameOption())
    .option('--purge', 'also delete its data')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/down.ts')).downCommand(context, options)));
  root
    .command('status')
    .description('every process of a stack: role, health, memory, processor time')
    .addOption(nameOption())
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/status.ts')).statusCommand(context, options)));
  root
    .command('logs')
    .description('the last lines that the processes of a stack wrote')
    .argument('[process]', 'one of them, such as app-2')
    .addOption(nameOption())
    .option('-n, --lines <n>', 'lines of each', whole(1, 100_000), 20)
    .action(async (id: string | undefined, options) =>
      done(await (await import('./commands/logs.ts')).logsCommand(context, id, options)),
    );
  root
    .command('doctor')
    .description('what this machine has and lacks; cleans up what a crash left behind')
    .option('--dry-run', 'only look, clean nothing')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/doctor.ts')).doctorCommand(context, options)));
};

const addRunCommands: Register = (root, context, done) => {
  root
    .command('run')
    .description('a scenario on a stack that is up, judged by what it expects')
    .argument('<scenario>', 'name of a scenario, or path of one')
    .addOption(planOption())
    .addOption(stepOption().default(undefined, 'the step that is up'))
    .addOption(nameOption())
    .addOption(seedOption())
    .addOption(scaleOption())
    .addOption(json())
    .option('--full', 'also the figures of every request class')
    .action(async (scenario: string, options) =>
      done(await (await import('./commands/run.ts')).runCommand(context, scenario, options)),
    );
  root
    .command('verify')
    .description('the main job: starts the stacks, measures, and draws the ledger of claimed, computed and measured')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .addOption(seedOption())
    .addOption(scaleOption())
    .addOption(json())
    .option('--computed-only', 'only what follows from the plan; starts nothing')
    .option('--keep-data', 'keep the loaded data for the next time')
    .option('--full', 'also where each number comes from')
    .action(async (plan: string, options) =>
      done(await (await import('./commands/verify.ts')).verifyCommand(context, plan, options)),
    );
  root
    .command('report')
    .description('the report of a kept run')
    .argument('<run>', 'folder of the run, or its name below .shop-plan/runs')
    .addOption(json())
    .option('--full', 'also the figures of every request class')
    .action(async (path: string, options) =>
      done(await (await import('./commands/report.ts')).reportCommand(context, path, options)),
    );
};

const json = (): Option => new Option('--json', 'the result as JSON, and nothing else, on standard output');
const planOption = (): Option => new Option('--plan <plan>', 'name of a plan, or path of one').default('amazon-shop');
const stepOption = (): Option =>
  new Option('--step <n>', 'step of the architecture').argParser(whole(1, 99)).default(2);
const nameOption = (): Option => new Option('--name <name>', 'name of the stack').argParser(stackName).default('shop');
const seedOption = (): Option =>
  new Option('--seed <n>', 'seed of data and load').argParser(whole(0, 2 ** 32 - 1)).default(42);
const scaleOption = (): Option =>
  new Option('--scale <x>', "fraction of the scenario's rates").argParser(scale).default(1);

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text.replaceAll(/[,_]/g, ''));
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${low} to ${high}.`);
  };
}

function scale(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError('It should be a number above 0, such as 0.2 or 20%.');
}

function stackName(text: string): string {
  if (/^[a-z][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new InvalidArgumentError('It should be lower-case letters, digits and dashes, 31 at most.');
}
