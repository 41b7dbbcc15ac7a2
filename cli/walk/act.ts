import { keysText, offeredOn } from './keys.ts';
import type { Action } from './keys.ts';
import { print } from './print.ts';
import { factsOf } from './view.ts';
import type { View } from './view.ts';
import type { Site } from './site.ts';

/** Actions that stay on their page. */
export type PageAction = Exclude<Action, 'next' | 'back' | 'list' | 'quit'>;

/** Does what a key stands for, and comes back to the page. */
export async function act(action: PageAction, site: Site, view: View): Promise<void> {
  switch (action) {
    case 'hint':
      return print(site, view.page.asks?.hint ?? []);
    case 'answer':
      // Loaded when it is called, as all that is not on a first page.
      return await (await import('./answer.ts')).answer(site, view);
    case 'diagram':
      return site.terminal.out(`\n${view.page.mermaid ?? ''}\n\n`);
    case 'try':
      return await tryIt(site, view);
    case 'keys':
      return site.terminal.out(`\n${keysText(offeredOn(factsOf(view)))}\n`);
  }
}

/** What goes wrong with it is told, and the walk goes on. */
async function tryIt(site: Site, { open }: View): Promise<void> {
  // Brings a load generator with it.
  const { tryExperiment } = await import('./try.ts');
  await tryExperiment(site, { lesson: open.lesson, plan: open.plan, plain: site.plain });
  site.terminal.out('\n');
}
