import { Command, InvalidArgumentError, Option } from 'commander';
import type { AuditVerdict } from '../model/claims/audit.ts';
import type { FileKind } from '../reports/schema/published.ts';
import type { ExitCode } from './exit-code.ts';
import type { Context } from './run.ts';
import { FORMATS } from './terminal.ts';

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
  addAuditCommand(root, context, done);
  addCostCommand(root, context, done);
  addStackCommands(root, context, done);
  addRunCommands(root, context, done);
  return root;
}

// Written out, since the audit itself is only loaded when it is called.
const VERDICTS: readonly AuditVerdict[] = ['holds', 'close', 'contradicted', 'needs a run', 'not derivable'];

const addAuditCommand: Register = (root, context, done) => {
  root
    .command('audit')
    .description('every claim of the documents: holds, close, contradicted or not derivable, with the arithmetic')
    .argument('[plans...]', 'names or paths of plans', undefined)
    .option('--full', 'also the claims that hold, need a run or cannot be derived')
    .addOption(new Option('--verdict <verdict>', 'only claims of this verdict').choices(VERDICTS))
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (plans: string[], options) =>
      done(await (await import('./commands/audit.ts')).auditCommand(context, plans, options)),
    );
};

const addCostCommand: Register = (root, context, done) => {
  root
    .command('cost')
    .description('what each step costs a month: low, value and high, today and after growth')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .option('--growth <x>', 'how many times the load to look ahead to', times, 10)
    .option('--driver <name...>', 'assumptions that grow (default: those of `growth:` in the plan)', [])
    .option('--full', 'the items of every step, not only of the last')
    .addOption(samplesOption().default(2000))
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (plan: string, options) =>
      done(await (await import('./commands/cost.ts')).costCommand(context, plan, options)),
    );
};

type Register = (root: Command, context: Context, done: (code: ExitCode) => void) => void;

const addModelCommands: Register = (root, context, done) => {
  root
    .command('estimate')
    .description('capacity: traffic, storage, bandwidth, servers, cache, database; per step, what breaks first')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .option('--full', 'also every assumption, with its source')
    .addOption(samplesOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (plan: string, options) =>
      done(await (await import('./commands/estimate.ts')).estimateCommand(context, plan, options)),
    );
  root
    .command('explain')
    .description('where a number comes from, down to the assumptions')
    .argument('<quantity>', 'such as app.servers')
    .addOption(planOption())
    .addOption(samplesOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (id: string, options) =>
      done(await (await import('./commands/explain.ts')).explainCommand(context, id, options)),
    );
  addGrowthCommand(root, context, done);
  addAutoscaleCommand(root, context, done);
  addSolveCommand(root, context, done);
  addDiffCommand(root, context, done);
  addSweepCommand(root, context, done);
  addInitCommand(root, context, done);
  addSchemaCommand(root, context, done);
};

const DIFF_EXAMPLES = `
Examples:
  shop-plan diff amazon-shop ./my-plan.yaml
  shop-plan diff amazon-shop --set users.daily_active=20M
  shop-plan diff amazon-shop --steps 1,2`;

const addDiffCommand: Register = (root, context, done) => {
  root
    .command('diff')
    .description('what differs between two plans, a plan and itself with --set, or two steps of one')
    .argument('<a>', 'name of a plan, or path of one')
    .argument('[b]', 'another one')
    .addOption(new Option('--steps <n,m>', 'two steps of one plan').argParser(twoSteps))
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', DIFF_EXAMPLES)
    .action(async (a: string, b: string | undefined, options) =>
      done(await (await import('./commands/diff.ts')).diffCommand(context, a, b, options)),
    );
};

const SWEEP_EXAMPLES = `
Examples:
  shop-plan sweep users.daily_active --from 1M --to 20M
  shop-plan sweep app.instances --from 1 --to 20 --show app
  shop-plan sweep cache.hit_ratio --from 0 --to 99 --show database --show database.queries.peak
  shop-plan sweep peak.factor --from 1 --to 100 --log --step 1

What can be shown: a quantity, a tier (its utilisation), and cost.total of the step.`;

const addSweepCommand: Register = (root, context, done) => {
  root
    .command('sweep')
    .description('varies one value, plots and tabulates what follows, and says where tiers saturate')
    .argument('<name>', 'a quantity, or instances or capacity of a tier, such as app.instances')
    .requiredOption('--from <value>', 'where to begin, as with --set: a bare number takes the unit of what is varied')
    .requiredOption('--to <value>', 'where to end')
    .option('--points <n>', 'how many points, both ends included', whole(2, 1001), 21)
    .option('--log', 'equal ratios between points, and log axes')
    .addOption(
      new Option('--show <name>', 'a quantity or tier to follow; may be repeated')
        .argParser((text, all: readonly string[] | undefined) => [...(all ?? []), text])
        .default([], 'the utilisation of every tier'),
    )
    .addOption(new Option('--step <n>', 'step of the architecture (default: the last)').argParser(whole(1, 99)))
    .addOption(planOption())
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', SWEEP_EXAMPLES)
    .action(async (name: string, options) =>
      done(await (await import('./commands/sweep.ts')).sweepCommand(context, name, options)),
    );
};

const SOLVE_EXAMPLES = `
Examples:
  shop-plan solve                                        the load that each step carries
  shop-plan solve --load 3x                              the cheapest step for three times the load
  shop-plan solve --load users.daily_active=20M
  shop-plan solve --for app.instances --goal 'utilisation.app <= 70 %' --step 3
  shop-plan solve --for users.daily_active --goal 'utilisation.database <= 100 %' --step 2
  shop-plan solve --for users.daily_active --goal 'cost.total <= $50,000/month'

A goal compares two formulas; beside the plan's quantities they know utilisation.<tier> and cost.total of the step.`;

const addSolveCommand: Register = (root, context, done) => {
  root
    .command('solve')
    .description('the smallest change that meets a goal, the cheapest step for a load, or the load of each step')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .option('--goal <goal>', "what has to hold, as in 'utilisation.app <= 70 %'")
    .option('--for <name>', 'what may change: a quantity, or instances or capacity of a tier; else what the load is')
    .option('--between <lo..hi>', 'where to look')
    .addOption(new Option('--step <n>', 'step of the architecture (default: the last)').argParser(whole(1, 99)))
    .option('--load <load>', 'load to carry, as in 3x or users.daily_active=20M')
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', SOLVE_EXAMPLES)
    .action(async (plan: string, options) =>
      done(await (await import('./commands/solve.ts')).solveCommand(context, plan, options)),
    );
};

const addGrowthCommand: Register = (root, context, done) => {
  root
    .command('growth')
    .description('which step is due when, and the month in which each tier saturates')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .option('--months <n>', "months to look ahead (default: the last point of the plan's growth, or 36)", whole(1, 600))
    .option('--fixed', 'tiers keep the instances of the plan, instead of what they need up to their limit')
    .option('--full', 'also the tiers that have enough throughout')
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (plan: string, options) =>
      done(await (await import('./commands/growth.ts')).growthCommand(context, plan, options)),
    );
};

const addAutoscaleCommand: Register = (root, context, done) => {
  root
    .command('autoscale')
    .description("what a tier's autoscaling rule saves over a day, and where it falls short")
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .option('--step <n>', 'step of the architecture (default: the last one with a rule)', whole(1, 99))
    .option('--tier <id>', 'the tier (default: the only one with a rule)')
    .option('--pattern <name>', "how load moves, of the plan's `patterns` (default: daily)")
    .option('--spike <name>', "also an increase from the peak on, of the plan's `spikes`")
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .action(async (plan: string, options) =>
      done(await (await import('./commands/autoscale.ts')).autoscaleCommand(context, plan, options)),
    );
};

const addInitCommand: Register = (root, context, done) => {
  root
    .command('init')
    .description('write a first plan to change into your own')
    .argument('[file]', 'where to', './plan.yaml')
    .option('--force', 'replace a file that is there already')
    .addOption(new Option('--stdout', 'print it instead of writing a file').conflicts(['json', 'format', 'force']))
    .addOption(json())
    .addOption(formatOption())
    .action(async (file: string, options) =>
      done(await (await import('./commands/init.ts')).initCommand(context, file, options)),
    );
};

// Written out, since the schemas are only loaded when they are asked for.
const FILES: readonly FileKind[] = ['plan', 'prices', 'scenario'];

const addSchemaCommand: Register = (root, context, done) => {
  root
    .command('schema')
    .description('the JSON Schema of plans, price books or scenarios, for editors')
    .addArgument(root.createArgument('[kind]', 'which files it is for').choices(FILES).default('plan'))
    .addOption(new Option('--json', 'it is JSON in any case'))
    .action(async (kind: FileKind) => done((await import('./commands/schema.ts')).schemaCommand(context, kind)));
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
const formatOption = (): Option =>
  new Option('--format <format>', 'how the result is written').choices(FORMATS).default('text');
const samplesOption = (): Option =>
  new Option('--samples <n>', "draw the assumptions' ranges and show what the results may be").argParser(
    whole(100, 1_000_000),
  );
const setOption = (): Option =>
  new Option('--set <name=value>', 'set a value anew; may be repeated')
    .argParser((text, all: readonly string[] | undefined) => [...(all ?? []), text])
    .default([], 'none');
const planOption = (): Option => new Option('--plan <plan>', 'name of a plan, or path of one').default('amazon-shop');
const stepOption = (): Option =>
  new Option('--step <n>', 'step of the architecture').argParser(whole(1, 99)).default(2);
const nameOption = (): Option => new Option('--name <name>', 'name of the stack').argParser(stackName).default('shop');
const seedOption = (): Option =>
  new Option('--seed <n>', 'seed of everything random').argParser(whole(0, 2 ** 32 - 1)).default(42);
const scaleOption = (): Option =>
  new Option('--scale <x>', "fraction of the scenario's rates").argParser(scale).default(1);

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text.replaceAll(/[,_]/g, ''));
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${low} to ${high}.`);
  };
}

function twoSteps(text: string): readonly [number, number] {
  const [a, b, ...more] = text.split(',').map(whole(1, 99));
  if (a !== undefined && b !== undefined && more.length === 0 && a !== b) return [a, b];
  throw new InvalidArgumentError('It should be two different steps, such as 1,2.');
}

function scale(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError('It should be a number above 0, such as 0.2 or 20%.');
}

function times(text: string): number {
  const value = Number(text.replace(/x$/, ''));
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError('It should be a number above 0, such as 10.');
}

function stackName(text: string): string {
  if (/^[a-z][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new InvalidArgumentError('It should be lower-case letters, digits and dashes, 31 at most.');
}
