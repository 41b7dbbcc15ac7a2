import { createHash } from 'node:crypto';
import type { Result } from '../result.ts';
import { comparisonsSection } from './comparison-section.ts';
import { failuresSection } from './failures-section.ts';
import { ledgerSection } from './ledger-section.ts';
import { Markup, html } from './markup.ts';
import type { Content } from './markup.ts';
import { runId, runSection, runTitles } from './run-section.ts';
import { SCRIPT } from './script.ts';
import { sectionMarkup } from './section.ts';
import { statusBadge } from './status-badge.ts';
import { STYLESHEET } from './stylesheet.ts';
import { suspectsSection } from './suspects-section.ts';
import { gateSection } from './verdict-section.ts';

/** Nothing is fetched, from nowhere: what the page needs is in it, and a browser holds it to that. */
const POLICY = [
  `default-src 'none'`,
  `style-src 'unsafe-inline'`,
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  `img-src data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

const STYLE = Markup.trusted(`<style>${STYLESHEET}</style>`);
// Exactly what the policy has the hash of.
const SCRIPT_ELEMENT = Markup.trusted(`<script>${SCRIPT}</script>`);

/**
 * A result as one page that needs nothing beside it: no server, no network, and for reading no script. Verdicts come first; what there are no data
 * for is left out.
 */
export function resultHtml(result: Result): string {
  const { title, outcome, runs, gate, suspects = [], compared = [], ledgers = [], failures = [] } = result;
  const titles = runTitles(runs);
  const parts: Content[] = [
    gate ? gateSection(gate) : null,
    suspects.length > 0 ? suspectsSection(suspects) : null,
    failures.length > 0 ? failuresSection(failures) : null,
    compared.length > 0 ? comparisonsSection(compared) : null,
    ledgers.map(ledgerSection),
    runs.map((run, index) => sectionMarkup(runSection(run, index, { title: titles[index] ?? '', gate, suspects }))),
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="shop-plan" />
        <link rel="icon" href="data:," />
        <title>${outcome.replace('_', ' ')}: ${title}</title>
        ${STYLE}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <h1>${title}</h1>
          <p class="lead">${statusBadge(outcome)} ${leadOf(result)}</p>
        </header>
        ${contents(result)}
        <main id="content">${parts}</main>
        <footer>Written by shop-plan. This page is complete in itself; it loads nothing.</footer>
        ${SCRIPT_ELEMENT}
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** The result in a sentence or two. */
function leadOf({ outcome, runs, gate, suspects = [], failures = [] }: Result): string {
  const verdicts = gate?.verdicts ?? runs.flatMap(({ judgement }) => judgement.verdicts);
  const passed = verdicts.filter(({ status }) => status === 'PASS').length;
  const counted =
    verdicts.length === 0 ? 'There was no criterion.' : `${passed} of ${verdicts.length} criteria passed.`;
  const [first] = suspects;
  const cause = first && outcome !== 'PASS' ? [`The figures point at ${first.tier}.`] : [];
  const missing = failures.length > 0 ? [`${failures.length} could not be run.`] : [];
  return [counted, ...cause, ...missing].join(' ');
}

function contents({ gate, suspects = [], failures = [], compared = [], ledgers = [], runs }: Result): Content {
  const all: readonly (readonly [string, string])[] = [
    ...(gate ? [['gate', 'Gate'] as const] : []),
    ...(suspects.length > 0 ? [['suspects', 'Where it comes from'] as const] : []),
    ...(failures.length > 0 ? [['not-run', 'Not run'] as const] : []),
    ...(compared.length > 0 ? [['comparisons', 'Compared'] as const] : []),
    ...ledgers.map(({ plan }, index) => [`ledger-${index + 1}`, `Claims about ${plan}`] as const),
    ...runTitles(runs).map((title, index) => [runId(index), title] as const),
  ];
  const links = all.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  return all.length < 2
    ? null
    : html`<nav aria-label="Contents">
        <ul>
          ${links}
        </ul>
      </nav>`;
}
