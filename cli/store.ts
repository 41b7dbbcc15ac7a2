import { Option } from 'commander';
import type { Outcome } from '../model/judge/outcome.ts';
import { age, formatOption, json, size, whole } from './options.ts';
import type { Register } from './register.ts';

// Written out, since the judge itself is only loaded when it is called.
const OUTCOMES: readonly Outcome[] = ['PASS', 'INCONCLUSIVE', 'NO_DATA', 'INVALID', 'FAIL', 'NOT_JUDGED'];

const EXAMPLES = `
Examples:
  shop-plan runs --plan amazon-shop --since 7d --outcome FAIL
  shop-plan runs show 20260101T120000Z-peak-step-2
  shop-plan runs prune --keep 20 --dry-run
  shop-plan runs prune --older-than 30d --size 1GB
  shop-plan runs merge ./from-another-job

Exit codes: 0 fine, 2 something cannot be read as a run (each is named; the others are dealt with), 3 no room.`;

/** Commands about the runs that are kept below .shop-plan/runs. */
export const addStoreCommands: Register = (root, context, done) => {
  const runs = root
    .command('runs')
    .description('the runs that are kept: lists, shows, removes and merges them')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  runs
    .command('list', { isDefault: true })
    .description('every run in a line, the newest first')
    .option('--plan <plan>', 'only of this plan')
    .option('--step <n>', 'only of this step', whole(1, 99))
    .option('--scenario <name>', 'only of this scenario')
    .addOption(new Option('--outcome <outcome>', 'only with this outcome').choices(OUTCOMES))
    .option('--since <age>', 'only those of the last days, as in 7d (also min, h, w)', age)
    .addOption(json())
    .addOption(formatOption())
    .action(async (options) => done(await (await import('./commands/runs-list.ts')).runsListCommand(context, options)));
  runs
    .command('show')
    .description('what there is of a run: facts, validity, files (its report is `shop-plan report`)')
    .argument('<run>', 'folder of the run, or its name below .shop-plan/runs')
    .addOption(json())
    .addOption(formatOption())
    .action(async (run: string) => done(await (await import('./commands/runs-show.ts')).runsShowCommand(context, run)));
  runs
    .command('prune')
    .description('remove the runs that are beyond a limit, the oldest first; never one that a ledger or baseline names')
    .option('--keep <n>', 'so many stay, the newest', whole(0, 1e6))
    .option('--older-than <age>', 'those go that are older, as in 30d (also min, h, w)', age)
    .option('--size <size>', 'what stays is no larger, as in 1GB', size)
    .option('--dry-run', 'only say what would be removed')
    .addOption(json())
    .addOption(formatOption())
    .action(async (options) =>
      done(await (await import('./commands/runs-prune.ts')).runsPruneCommand(context, options)),
    );
  runs
    .command('merge')
    .description('copy the runs of other stores here; what is here already is left as it is')
    .argument('<folders...>', 'runs, folders of runs, or folders with .shop-plan/runs in them')
    .addOption(json())
    .addOption(formatOption())
    .action(async (folders: readonly string[]) =>
      done(await (await import('./commands/runs-merge.ts')).runsMergeCommand(context, folders)),
    );
};
