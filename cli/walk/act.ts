import { answer } from './answer.ts';
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
      return await answer(site, view);
    case 'try': {
      // Brings a load generator with it, which no page should wait for.
      const { tryExperiment } = await import('./try.ts');
      await tryExperiment(site, { ...view.open, plain: site.plain });
      return;
    }
    case 'diagram':
      return site.terminal.out(`\n${view.page.mermaid ?? ''}\n\n`);
    case 'try':
      return await tryIt(site, view);
    case 'keys':
      return site.terminal.out(`\n${keysText(offeredOn(factsOf(view)))}\n`);
  }
}

/** What goes wrong with it is told, and the walk goes on. */
async function tryIt({ terminal, signal, plain }: Site, { open }: View): Promise<void> {
  const { tryExperiment } = await import('./try.ts');
  const { lesson, plan } = open;
  await tryExperiment({ terminal, signal }, { lesson, plan, plain });
  terminal.out('\n');
}
