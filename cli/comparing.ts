import { Option } from 'commander';
import { UsageError } from '../api/usage-error.ts';
import type { CompareHistoryOptions } from './commands/compare-history.ts';
import type { CompareLiveOptions } from './commands/compare-live.ts';
import type { CompareOptions } from './commands/compare.ts';
import { formatOption, json, liveScaleOption, seconds, seedOption, share, stepOption, whole } from './options.ts';
import type { Register } from './register.ts';

const EXAMPLES = `
Examples:
  shop-plan compare '20260301*' '20260302*'            runs of two days
  shop-plan compare run-1,run-2,run-3 --save-baseline main
  shop-plan compare baseline:main '20260302*'
  shop-plan compare --live moderate --a app.instances=2 --b app.instances=1
  shop-plan compare --history moderate --step 2        since when it is slower

A side is a run, several with commas between them, a pattern of their names, or
\`baseline:NAME\`. A run proves nothing against another: the usual metrics take 8
of each side. Ends with 0 unchanged or better, 1 worse, 2 not comparable, 4 too
noisy to say.`;

type Options = CompareOptions &
  Omit<CompareHistoryOptions, 'history'> &
  Omit<CompareLiveOptions, 'live'> & { readonly history?: string; readonly live?: string };

export const addCompareCommand: Register = (root, context, done) => {
  root
    .command('compare')
    .description('two sets of runs: changed, unchanged, or too noisy to say, and how many more runs would tell')
    .argument('[a]', 'runs before, or `baseline:NAME`')
    .argument('[b]', 'runs after')
    .option('--metric <metrics...>', 'only these, such as "p95(search)" or "p95(search) in peak"')
    .option('--magnitude <share>', 'changes smaller than this do not matter', share, 0.05)
    .option('--save-baseline <name>', 'keep the runs that were named last, to compare others with')
    .option('--overwrite', 'replace a baseline of that name')
    .addOption(new Option('--history <scenario>', 'where its kept runs took another level').conflicts('live'))
    .option('--live <scenario>', 'start two stacks, and drive them in turns')
    .option('--a <settings>', 'with --live, what is set for one: tier.name=value, with commas between', '')
    .option('--b <settings>', 'with --live, what is set for the other', '')
    .option('--rounds <n>', 'with --live, how often each is driven', whole(1, 1000), 8)
    .option('--seconds <time>', 'with --live, how long judged phases last at most', seconds, 10)
    .option('--products <n>', 'with --live, products to load', whole(1000, 10_000_000), 100_000)
    .option('--users <n>', 'with --live, users to load', whole(100, 1_000_000), 50_000)
    .addOption(
      stepOption().default(
        undefined,
        'with --live one that the scenario is for, with --history that of the newest run',
      ),
    )
    .addOption(liveScaleOption())
    .addOption(seedOption())
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', EXAMPLES)
    .action(async (a: string | undefined, b: string | undefined, options: Options) => {
      refuseMixed(a, options);
      const { history, live } = options;
      if (history !== undefined) {
        const { compareHistoryCommand } = await import('./commands/compare-history.ts');
        return done(await compareHistoryCommand(context, { ...options, history }));
      }
      if (live !== undefined) {
        const { compareLiveCommand } = await import('./commands/compare-live.ts');
        return done(await compareLiveCommand(context, { ...options, live }));
      }
      if (a === undefined)
        throw new UsageError('there is nothing to compare', 'name runs, or see `shop-plan compare --help`');
      done(await (await import('./commands/compare.ts')).compareCommand(context, a, b, options));
    });
};

/** What is asked for and would be passed over in silence is refused. */
function refuseMixed(runs: string | undefined, { history, live, a, b, saveBaseline, overwrite }: Options): void {
  const form = live === undefined ? (history === undefined ? undefined : '--history') : '--live';
  if (form !== undefined && runs !== undefined)
    throw new UsageError(`\`${form}\` names a scenario, and the run ${runs} is given`, `leave out ${runs}`);
  if (form !== undefined && saveBaseline !== undefined)
    throw new UsageError(
      `\`${form}\` keeps no baseline`,
      'name the runs: `shop-plan compare RUNS --save-baseline NAME`',
    );
  if (live === undefined && (a !== '' || b !== ''))
    throw new UsageError('`--a` and `--b` are what `--live` sets', 'name a scenario with `--live`');
  if (overwrite && saveBaseline === undefined)
    throw new UsageError('`--overwrite` has nothing to replace', 'name the baseline with `--save-baseline`');
}
