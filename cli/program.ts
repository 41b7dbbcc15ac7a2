import { Command } from 'commander';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { addCompareCommand } from './comparing.ts';
import { addWalkCommand } from './learning.ts';
import { addQuestionCommands } from './questions.ts';
import { addRunCommands } from './runs.ts';
import { addStoreCommands } from './store.ts';
import { addStackCommands } from './stacks.ts';

const EXAMPLES = `
Examples:
  shop-plan verify                          the documents' numbers, computed, simulated and measured
  shop-plan init                            a first plan, to be made your own
  shop-plan estimate                        what Amazon Shop needs
  shop-plan estimate ./my-plan.yaml --json
  shop-plan explain app.servers             where a number comes from
  shop-plan audit                           every claim of the documents, with the arithmetic
  shop-plan solve --load 3x                 the cheapest step and sizing for three times the load
  shop-plan growth url-shortener            which step is due when
  shop-plan walk                            learn it step by step, where you left
  shop-plan simulate peak                   every step under the documents' peak, simulated
  shop-plan up --step 2                     start the real servers of step 2
  shop-plan compose --step 2 --out ./shop   the same as a project for Docker Compose
  shop-plan run peak --step 2 --scale 0.2   drive a fifth of the peak against them
  shop-plan check --artefacts ./reports     what a pipeline calls: stack, scenarios, verdict, reports
  shop-plan compare 'before*' 'after*'        changed, unchanged, or too noisy to say
  shop-plan deploy                          new instances for old ones, under load
  shop-plan down

Exit codes: 0 fine, 1 an SLO or claim failed, 2 wrong plan or usage, 3 the machine or the stack failed,
4 the measurement is invalid or cannot be judged, 130 interrupted.`;

/** The command line. Commands are loaded when they are called, so that `estimate` starts without a load generator. */
export function program(context: Context, done: (code: ExitCode) => void): Command {
  const root = new Command('shop-plan');
  root
    .description(
      "Do an architecture's numbers hold? Computes them, simulates, runs the real servers, measures, and judges.",
    )
    .version('0.1.0')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  addQuestionCommands(root, context, done);
  addWalkCommand(root, context, done);
  addStackCommands(root, context, done);
  addRunCommands(root, context, done);
  addCompareCommand(root, context, done);
  addStoreCommands(root, context, done);
  return root;
}
