import type { Experiment, Side, Trial } from '../../model/lesson/lesson.ts';
import type { Block } from '../document.ts';
import { trialGoalText } from './trial-goal-text.ts';

/** What an experiment tries and what to look for, before anything is run; `lesson` is what `walk` takes. */
export function experimentBlocks({ title, asks, servers, simulator }: Experiment, lesson: string): Block[] {
  return [
    { kind: 'paragraph', text: `${title}. ${asks}` },
    { kind: 'paragraph', text: 'Two runs that differ in one thing. On the real servers:' },
    { kind: 'list', entries: trialEntries(servers) },
    {
      kind: 'paragraph',
      text: 'Where the servers are not installed, or the machine is too busy for them, on the simulator:',
    },
    { kind: 'list', entries: trialEntries(simulator) },
    {
      kind: 'paragraph',
      text: `In the walk, t runs it; elsewhere \`shop-plan walk ${lesson} --try\` does. It says which of the two it was.`,
    },
  ];
}

function trialEntries({ before, after, goals, shows }: Trial): string[] {
  return [
    `before: ${sideText(before)}`,
    `after: ${sideText(after)}`,
    goalsText(goals.map((goal) => trialGoalText(goal, shows))),
  ];
}

function goalsText(goals: readonly string[]): string {
  const which =
    goals.length === 1 ? 'before should miss, and after meet' : 'before should miss one at least, after meet all';
  return `${which}: ${goals.join('; ')}`;
}

function sideText({ title, scenario, step, set }: Side): string {
  const settings = set.length > 0 ? ` with ${set.map((setting) => `\`${setting}\``).join(', ')}` : '';
  return `${title}: scenario \`${scenario}\` on step ${step}${settings}`;
}
