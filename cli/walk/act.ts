import { EXIT } from '../exit-code.ts';
import { keysText, offeredOn } from './keys.ts';
import type { Action } from './keys.ts';
import { print, tell } from './print.ts';
import { factsOf } from './view.ts';
import type { View } from './view.ts';
import type { Site } from './site.ts';

/** Actions that stay on their page. */
export type PageAction = Exclude<Action, 'next' | 'back' | 'list' | 'quit'>;

/** Does what a key stands for, and comes back to the page. `begun` is what was typed of an answer already. */
export async function act(action: PageAction, site: Site, view: View, begun?: string): Promise<void> {
  switch (action) {
    case 'hint':
      return print(site, view.page.asks?.hint ?? []);
    case 'answer':
    case 'reveal':
      // Loaded when it is called, as all that is not on a first page.
      return await (await import('./answer.ts')).answer(site, view, begun);
    case 'diagram':
      return site.terminal.out(`\n${view.page.mermaid ?? ''}\n\n`);
    case 'try':
      return await tryIt(site, view);
    case 'keys':
      return site.terminal.out(`\n${keysText(offeredOn(factsOf(view)))}\n`);
  }
}

/** What goes wrong with it is told, and the walk goes on; so it does where the learner ends it early. */
async function tryIt(site: Site, { open }: View): Promise<void> {
  // Brings a load generator with it.
  const { tryExperiment } = await import('./try.ts');
  const request = { lesson: open.lesson, plan: open.plan, plain: site.plain };
  const code = await site.keyboard.interruptible((signal) =>
    tryExperiment({ terminal: site.terminal, signal }, request),
  );
  if (code === EXIT.interrupted && !site.signal.aborted) tell(site, 'You ended it early; nothing of it goes on.');
  site.terminal.out('\n');
}
