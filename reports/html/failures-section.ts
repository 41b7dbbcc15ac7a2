import type { ResultFailure } from '../result.ts';
import type { Markup } from './markup.ts';
import { prose } from './prose.ts';
import { sectionMarkup } from './section.ts';
import { tableMarkup } from './table.ts';

/** What could not be run, and why. */
export function failuresSection(failures: readonly ResultFailure[]): Markup {
  const rows = failures.map(({ plan, step, scenario, because }) => [scenario, plan, step, prose(because)]);
  const columns = [{ title: 'Scenario' }, { title: 'Plan' }, { title: 'Step', numeric: true }, { title: 'Why' }];
  const content = tableMarkup({ caption: 'What could not be run', columns, rows, hideCaption: true });
  return sectionMarkup({ id: 'not-run', title: 'Not run', content });
}
