import { print } from './print.ts';
import type { View } from './view.ts';
import type { Site } from './site.ts';

/** Tells the answer to the question of a page. */
export function answer(site: Site, { page }: View): void {
  if (page.asks) print(site, page.asks.answer);
}
