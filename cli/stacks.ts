import { Option } from 'commander';
import {
  backendOption,
  json,
  nameOption,
  planOption,
  seconds,
  seedOption,
  setOption,
  stepOption,
  whole,
} from './options.ts';
import type { Register } from './register.ts';

export const addStackCommands: Register = (root, context, done) => {
  root
    .command('up')
    .description('start the reference stack of a step: real servers on 127.0.0.1')
    .addOption(planOption().default(undefined, "the scenario's, else amazon-shop"))
    .addOption(stepOption().default(undefined, 'one that the scenario is for, else 2'))
    .option('--for <scenario>', 'with the settings and links that a scenario needs')
    .addOption(nameOption())
    .addOption(seedOption())
    .option('--products <n>', 'products to load', whole(1000, 10_000_000), 100_000)
    .option('--users <n>', 'users to load', whole(100, 1_000_000), 50_000)
    .addOption(backendOption())
    .option('--dry-run', 'say what would be started, and start nothing')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/up.ts')).upCommand(context, options)));
  root
    .command('down')
    .description('stop a stack; whatever a crash left behind goes too')
    .addOption(nameOption())
    .addOption(backendOption())
    .option('--purge', 'also delete its data')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/down.ts')).downCommand(context, options)));
  root
    .command('deploy')
    .description('put new instances of the application into the place of the old ones, without losing a request')
    .addOption(nameOption())
    .option('--tier <tier>', 'what to deploy (default: the tier that the load balancer calls)')
    .addOption(setOption())
    .option('--entry <file>', "another program than the application's own")
    .addOption(
      new Option('--watch <duration>', 'watch the new ones that long; when they fail, the old ones come back')
        .argParser(seconds)
        .default(10, '10s'),
    )
    .addOption(new Option('--rollback', 'back to the old instances, at once').conflicts(['finish', 'tier', 'entry']))
    .addOption(new Option('--finish', 'end the old instances').conflicts(['tier', 'entry']))
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/deploy.ts')).deployCommand(context, options)));
  root
    .command('status')
    .description('every process of a stack: role, health, memory, processor time')
    .addOption(nameOption())
    .addOption(backendOption())
    .addOption(json())
    .addOption(
      new Option('--targets', 'instead, what Prometheus is to scrape, as a file of targets for it').conflicts('json'),
    )
    .action(async (options) => done(await (await import('./commands/status.ts')).statusCommand(context, options)));
  root
    .command('logs')
    .description('the last lines that the processes of a stack wrote')
    .argument('[process]', 'one of them, such as app-2')
    .addOption(nameOption())
    .addOption(backendOption())
    .option('-n, --lines <n>', 'lines of each', whole(1, 100_000), 20)
    .action(async (id: string | undefined, options) =>
      done(await (await import('./commands/logs.ts')).logsCommand(context, id, options)),
    );
  root
    .command('compose')
    .description('write a step as a project for Docker Compose, which runs it without shop-plan')
    .addOption(planOption())
    .addOption(stepOption())
    .addOption(nameOption())
    .addOption(seedOption())
    .option('--products <n>', 'products to load', whole(1000, 10_000_000), 100_000)
    .option('--users <n>', 'users to load', whole(100, 1_000_000), 50_000)
    .requiredOption('--out <folder>', 'where to')
    .option('--force', 'write over a project that is there; its secrets stay')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/compose.ts')).composeCommand(context, options)));
  root
    .command('doctor')
    .description('what this machine has and lacks; cleans up what a crash left behind')
    .option('--dry-run', 'only look, clean nothing')
    .addOption(json())
    .action(async (options) => done(await (await import('./commands/doctor.ts')).doctorCommand(context, options)));
};
