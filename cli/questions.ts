import { Option } from 'commander';
import type { AuditVerdict } from '../model/claims/audit.ts';
import type { SchemaKind } from './commands/schema.ts';
import {
  formatOption,
  json,
  planOption,
  samplesOption,
  scaleOption,
  seedOption,
  setOption,
  share,
  times,
  twoSteps,
  whole,
} from './options.ts';
import type { Register } from './register.ts';

// Written out, since the audit itself is only loaded when it is called.
const VERDICTS: readonly AuditVerdict[] = ['holds', 'close', 'contradicted', 'needs a run', 'not derivable'];

const addAuditCommand: Register = (root, context, done) => {
  root
    .command('audit')
    .description('every claim of the documents: holds, close, contradicted or not derivable, with the arithmetic')
    .argument('[plans...]', 'names or paths of plans; all that come with it unless said otherwise')
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

const addEstimateCommand: Register = (root, context, done) => {
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
};

const addExplainCommand: Register = (root, context, done) => {
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

const SIMULATE_EXAMPLES = `
Examples:
  shop-plan simulate peak                               every step under the peak, side by side
  shop-plan simulate peak --step 2 --full               one step in detail, with plots over time
  shop-plan simulate peak --scale 10 --step 6           70,000 requests a second
  shop-plan simulate peak --step 2 --set app.instances=12
  shop-plan simulate peak --step 2 --until-precision 2%
  shop-plan simulate ./my-scenario.yaml --plan ./my-plan.yaml --json

Exit codes: 0 all expectations are met, 1 one is not, 4 it cannot be told. The same seed gives the same result.`;

const addSimulateCommand: Register = (root, context, done) => {
  root
    .command('simulate')
    .description('a scenario on the simulator, judged by what it expects; at any scale, without a server')
    .argument('<scenario>', 'name of a scenario, or path of one')
    .option('--plan <plan>', 'name of a plan, or path of one (default: the one that the scenario is for)')
    .addOption(
      new Option('--step <n>', 'step of the architecture (default: all that the scenario is for)').argParser(
        whole(1, 99),
      ),
    )
    .addOption(scaleOption())
    .addOption(seedOption())
    .option('--replications <n>', 'how often, with other random numbers each time', whole(1, 1000), 5)
    .option('--until-precision <share>', 'go on until mean and p95 are known to this share, as in 5%', share)
    .option('--workers <n>', 'threads to simulate with (default: one for each core)', whole(1, 256))
    .option(
      '--profile <profile>',
      "whose figures: documents, machine (its kept calibration), or a calibration's file",
      'documents',
    )
    .option('--full', 'the details of every step, all counters, and plots over time')
    .addOption(setOption())
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', SIMULATE_EXAMPLES)
    .action(async (scenario: string, options) =>
      done(await (await import('./commands/simulate.ts')).simulateCommand(context, scenario, options)),
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
const KINDS: readonly SchemaKind[] = [
  'plan',
  'prices',
  'scenario',
  'run',
  'check',
  'comparison',
  'simulation',
  'verification',
];

const addSchemaCommand: Register = (root, context, done) => {
  root
    .command('schema')
    .description(
      'the JSON Schema of plans, price books or scenarios, for editors, or of a kept run or what `check`, `simulate` or `verify` write with `--json`',
    )
    .addArgument(root.createArgument('[kind]', 'what it is of').choices(KINDS).default('plan'))
    .addOption(new Option('--json', 'it is JSON in any case'))
    .action(async (kind: SchemaKind) => done((await import('./commands/schema.ts')).schemaCommand(context, kind)));
};

/** Commands that ask something of a plan; none of them starts a server. */
export const addQuestionCommands: Register = (root, context, done) => {
  const all = [
    addEstimateCommand,
    addExplainCommand,
    addAuditCommand,
    addCostCommand,
    addDiffCommand,
    addSweepCommand,
    addSolveCommand,
    addGrowthCommand,
    addAutoscaleCommand,
    addSimulateCommand,
    addInitCommand,
    addSchemaCommand,
  ];
  for (const add of all) add(root, context, done);
};
