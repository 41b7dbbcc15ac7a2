import { Option } from 'commander';
import {
  json,
  liveScaleOption,
  metricsFileOption,
  metricsPortOption,
  nameOption,
  quietOption,
  seedOption,
  whole,
} from './options.ts';
import type { Register } from './register.ts';
import { annotationsOption, overwriteOption, reportOption } from './report-options.ts';

const EXAMPLES = `
Examples:
  shop-plan check --dry-run                     what would be started and judged
  shop-plan check --artefacts ./artefacts       all reports as files
  shop-plan check --slo gate.yaml --report gate.md
  shop-plan check --scenario moderate instance-crash --step 3
  shop-plan check --set app.instances=2 --baseline main

Exit codes: 0 the gate let it through, 1 it did not, 2 wrong plan, gate or
usage, 3 a stack or run failed, 4 it could not be judged, 130 interrupted.
Only the score of a gate file may outvote what failed.`;

export const addGateCommands: Register = (root, context, done) => {
  root
    .command('check')
    .description(
      'what a pipeline calls: starts the stack, runs scenarios, judges them, writes artefacts, takes the stack down',
    )
    .argument('[plan]', "name of a plan, or path of one (default: the gate's, the scenario's, else amazon-shop)")
    .addOption(
      new Option(
        '--step <n>',
        "step of the architecture (default: the gate's, else 2 or the first that the scenario is for)",
      ).argParser(whole(1, 99)),
    )
    .option(
      '--scenario <names...>',
      "what to run (default: the gate's, else the plan's shortest steady one, such as moderate for amazon-shop)",
    )
    .option('--slo <file>', 'a gate, or OpenSLO documents, in place of `expect` of the scenarios and `slo` of the plan')
    .addOption(
      new Option('--set <tier.setting=value>', "a tier's setting in place of the scenario's; may be repeated")
        .argParser((text, all: readonly string[] | undefined) => [...(all ?? []), text])
        .default([], 'none'),
    )
    .addOption(nameOption('name of the stack; one that is up already is used, and left up').default('check'))
    .addOption(seedOption())
    .addOption(liveScaleOption())
    .option('--products <n>', 'products to load', whole(1000, 10_000_000), 100_000)
    .option('--users <n>', 'users to load', whole(100, 1_000_000), 50_000)
    .option('--baseline <name>', 'runs in which all was well, to say what a failure comes from: see `compare`')
    .option('--artefacts <folder>', 'write all reports as files there; those of a check before need `--overwrite`')
    .addOption(reportOption())
    .addOption(overwriteOption())
    .addOption(annotationsOption())
    .addOption(json())
    .option('--keep-data', 'keep the loaded data for the next time')
    .addOption(quietOption())
    .addOption(metricsPortOption())
    .addOption(metricsFileOption())
    .option('--dry-run', 'say what would be started and judged, and start nothing')
    .option('--long', 'also the figures of every request class')
    .option('--plots', 'also rate and response times, drawn')
    .addHelpText('after', EXAMPLES)
    .action(async (plan: string | undefined, options) =>
      done(await (await import('./commands/check.ts')).checkCommand(context, plan, options)),
    );
};
