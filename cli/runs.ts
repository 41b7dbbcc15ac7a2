import { Option } from 'commander';
import { REPORT_FORMATS } from '../reports/report-names.ts';
import {
  formatOption,
  json,
  liveScaleOption,
  metricsFileOption,
  metricsPortOption,
  nameOption,
  planOption,
  quietOption,
  seedOption,
  stepOption,
} from './options.ts';
import { addGateCommands } from './gates.ts';
import type { Register } from './register.ts';
import { annotationsOption, overwriteOption, reportOption } from './report-options.ts';

const REPORT_EXAMPLES = `
Examples:
  shop-plan report 20261121T100000Z-peak-step-2 --plots
  shop-plan report 20261121T100000Z-peak-step-2 --out peak.html
  shop-plan report artefacts/result.json --format markdown
  shop-plan report 20261121T100000Z-peak-step-2 verification.json --out reports/

It ends with the exit code of what it reports.`;

export const addRunCommands: Register = (root, context, done) => {
  root
    .command('scenarios')
    .description('the scenarios that there are, what they bring, and how many claims they settle')
    .argument('[plan]', 'name of a plan (default: all)')
    .addOption(json())
    .addOption(formatOption())
    .action(async (plan: string | undefined) =>
      done(await (await import('./commands/scenarios.ts')).scenariosCommand(context, plan)),
    );
  root
    .command('run')
    .description('a scenario on a stack that is up, judged by what it expects')
    .argument('<scenario>', 'name of a scenario, or path of one')
    .addOption(planOption().default(undefined, "the scenario's"))
    .addOption(stepOption().default(undefined, 'the step that is up'))
    .addOption(nameOption())
    .addOption(seedOption())
    .addOption(liveScaleOption())
    .addOption(json())
    .addOption(
      new Option('--beside-simulation', 'also what the simulator shows of the same, beside it').conflicts('json'),
    )
    .addOption(quietOption())
    .addOption(metricsPortOption())
    .addOption(metricsFileOption())
    .option('--long', 'also the figures of every request class')
    .addOption(reportOption())
    .addOption(overwriteOption())
    .addOption(annotationsOption())
    .action(async (scenario: string, options) =>
      done(await (await import('./commands/run.ts')).runCommand(context, scenario, options)),
    );
  addGateCommands(root, context, done);
  root
    .command('verify')
    .description(
      'the main job: simulates, starts the stacks, measures, and draws the ledger of all four readings of a claim',
    )
    .argument('[plans...]', 'names of plans, or paths (default: amazon-shop)')
    .option('--all-plans', 'all plans that come with shop-plan')
    .option('--full', 'all scenarios, not only those of the short profile; takes about an hour for all plans')
    .addOption(stepOption().default(undefined, 'all'))
    .option('--only <names...>', 'only these scenarios, or what settles these claims')
    .option('--resume', 'take runs of the last 24 hours that were kept and are still the same; run the rest')
    .addOption(seedOption())
    .addOption(liveScaleOption())
    .addOption(json())
    .option('--computed-only', 'only what follows from the plan; starts nothing')
    .option('--keep-data', 'keep the loaded data for the next time')
    .addOption(quietOption())
    .addOption(metricsPortOption())
    .addOption(metricsFileOption())
    .option('--long', 'also where each number comes from')
    .addOption(reportOption())
    .addOption(overwriteOption())
    .addOption(annotationsOption())
    .action(async (plans: readonly string[], options) =>
      done(await (await import('./commands/verify.ts')).verifyCommand(context, plans, options)),
    );
  root
    .command('calibrate')
    .description('what each request class costs on this machine: processor time by tier, and how times grow with load')
    .argument('[plan]', 'name of a plan, or path of one', 'amazon-shop')
    .addOption(stepOption())
    .addOption(nameOption())
    .addOption(seedOption())
    .addOption(json())
    .addOption(formatOption())
    .option('--check', 'hold the calibration (the kept one, where there is one) against four loads')
    .option('--keep-data', 'keep the loaded data for the next time')
    .action(async (plan: string, options) =>
      done(await (await import('./commands/calibrate.ts')).calibrateCommand(context, plan, options)),
    );
  root
    .command('report')
    .description('a report of kept runs, of checks and verifications, in one of many formats')
    .argument('<results...>', 'folders of runs, their names below .shop-plan/runs, or files that a command has written')
    .addOption(json())
    .addOption(new Option('--format <format>', 'how it is written (default: text)').choices(REPORT_FORMATS))
    .option('--out <path>', 'where to: a file, or a folder for all reports at once')
    .addOption(overwriteOption())
    .option('--plots', 'also rate, p95 and percentiles, drawn')
    .option('--long', 'also the figures of every request class')
    .addHelpText('after', REPORT_EXAMPLES)
    .action(async (paths: readonly string[], options) =>
      done(await (await import('./commands/report.ts')).reportCommand(context, paths, options)),
    );
};
