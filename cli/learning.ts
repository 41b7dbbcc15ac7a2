import { Option } from 'commander';
import { formatOption, json, whole } from './options.ts';
import type { Register } from './register.ts';

const EXAMPLES = `
Examples:
  shop-plan walk                        goes on where you left, at first with lesson 1 of Amazon Shop
  shop-plan walk 3                      lesson 3 of Amazon Shop
  shop-plan walk url-shortener 2        a lesson of another course
  shop-plan walk --list                 all lessons, and how far you have come
  shop-plan walk --print > walk.md      everything as Markdown
  shop-plan walk 3 --try                its experiment
  shop-plan walk --drill                ten questions to estimate; --drill traffic takes a topic
  shop-plan walk --whiteboard           what to draw first, and a clock
  shop-plan walk --plain                sentences in place of drawings and tables, for screen readers

On a terminal a single key is enough; elsewhere each line of the input is one: printf 'n\\nq\\n' | shop-plan walk 1
Your progress lies in $XDG_STATE_HOME/shop-plan/walk.json, by default below ~/.local/state.

Exit codes: 0 you have quit or the input has ended, 2 there is no such lesson, 130 interrupted; of --try also
1 it did not come out, 3 the servers failed, 4 the run was disturbed and proves nothing.`;

/** The walkthrough; no server is needed for it. */
export const addWalkCommand: Register = (root, context, done) => {
  root
    .command('walk')
    .description('learn it step by step: what we have, what breaks, what mends it, and what to say in an interview')
    .argument('[lesson...]', 'a course, a lesson by its number, or both (default: where you left)')
    .option('--list', 'all lessons, and how far you have come')
    .addOption(
      new Option('--print', 'everything, or the course or lesson, as Markdown on standard output').conflicts([
        'list',
        'json',
        'format',
      ]),
    )
    .option('--try', "a lesson's experiment: broken and mended under load, on real servers or else simulated")
    .option('--simulated', 'with --try: on the simulator, also where there are servers')
    .addOption(
      new Option('--drill [topic]', 'questions to estimate, with other figures each time').conflicts([
        'list',
        'print',
        'try',
        'whiteboard',
        'score',
      ]),
    )
    .addOption(
      new Option('--whiteboard', 'what to draw first, from memory and against the clock').conflicts([
        'list',
        'print',
        'try',
        'score',
      ]),
    )
    .option('--score', 'how your drills came out over time, and what to practise')
    .option('--seed <n>', 'with --drill or --whiteboard: repeats one exactly', whole(0, 2 ** 32 - 1))
    .option('--count <n>', 'with --drill: how many questions', whole(1, 100))
    .option('--plain', 'sentences in place of drawings and tables (of itself where TERM is dumb)')
    .option('--again', 'forget which pages of all lessons, or of those named, were read, and begin anew')
    .addOption(json())
    .addOption(formatOption())
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], options) =>
      done(await (await import('./commands/walk.ts')).walkCommand(context, words, options)),
    );
};
