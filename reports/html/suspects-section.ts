import type { Suspect } from '../../model/diagnosis/suspect.ts';
import { formatNumber } from '../../model/units/format.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { prose } from './prose.ts';
import { sectionMarkup } from './section.ts';

/** The tiers that the figures point at, the likeliest cause first. */
export function suspectsSection(suspects: readonly Suspect[]): Markup {
  const items = suspects.map(({ tier, weight, because }) => {
    const reasons = because.map((reason) => html`<li>${prose(reason)}</li>`);
    return html`<li>
      <strong>${tier}</strong> <span class="faint">explains ${formatNumber(weight * 100, 2)} %</span>
      <ul>
        ${reasons}
      </ul>
    </li>`;
  });
  return sectionMarkup({
    id: 'suspects',
    title: 'Where it comes from',
    content: html`<ol class="suspects">
      ${items}
    </ol>`,
  });
}
