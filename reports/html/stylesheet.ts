import { DARK, LIGHT, declarations } from './palette.ts';

const SERIES = LIGHT.series.map((_, index) => index + 1);

/** How the page looks: light or dark as the reader's system is, light on paper. */
export const STYLESHEET = `
:root { color-scheme: light; ${declarations(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; ${declarations(DARK)} } }
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif; overflow-wrap: break-word; }
header, main, footer, nav { max-width: 70rem; margin-inline: auto; padding-inline: clamp(0.875rem, 3vw, 2rem); }
header { padding-block: 2rem 0.5rem; }
main { padding-block-end: 3rem; }
footer { padding-block: 1rem 2rem; border-top: 1px solid var(--rule); color: var(--faint); font-size: 0.8125rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 0.75rem; font-size: clamp(1.375rem, 1.1rem + 1.4vw, 1.875rem); font-weight: 650; letter-spacing: -0.012em; }
h2 { margin: 2.75rem 0 0.875rem; padding-top: 0.875rem; border-top: 2px solid var(--ink); font-size: 1.25rem; font-weight: 650; letter-spacing: -0.008em; }
h3 { margin: 2rem 0 0.5rem; font-size: 1rem; font-weight: 650; }
h4 { margin: 1.25rem 0 0.375rem; font-size: 0.8125rem; font-weight: 600; color: var(--faint); }
p { margin: 0.5rem 0; max-width: 46rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code { font-family: ui-monospace, 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace; font-size: 0.92em; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100vw; top: 0; padding: 0.5rem 1rem; background: var(--paper); z-index: 1; }
.skip:focus { left: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.faint, .why, .help, figcaption, dt { color: var(--faint); }
.lead { font-size: 1.0625rem; max-width: 46rem; }

nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.125rem; margin: 0.75rem 0 0; padding: 0.5rem 0; list-style: none; border-block: 1px solid var(--rule); font-size: 0.875rem; }

.badge { display: inline-block; padding: 0 0.5em; border-radius: 0.25em; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-shade); }
.badge.warn { color: var(--warn); background: var(--warn-shade); }
.badge.bad { color: var(--bad); background: var(--bad-shade); }
h1::first-letter { text-transform: uppercase; }
header .badge { font-size: 1.0625rem; padding: 0.125em 0.6em; margin-inline-end: 0.5em; }

.facts { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 0.75rem 0; font-size: 0.875rem; }
.facts dt { font-size: 0.75rem; line-height: 1.35; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.warnings, .suspects { margin: 0.75rem 0; padding-inline-start: 1.25rem; max-width: 46rem; }
.warnings { padding: 0; list-style: none; }
.warnings li { margin: 0.375rem 0; padding: 0.375rem 0.75rem; border-inline-start: 3px solid; }
.warnings .bad { background: var(--bad-shade); border-color: var(--bad); }
.warnings .warn { background: var(--warn-shade); border-color: var(--warn); }
.warnings .help { color: inherit; }
.suspects li { margin: 0.375rem 0; }

.scroll { overflow-x: auto; margin: 0.75rem 0 1.25rem; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: 0.8438rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding-bottom: 0.25rem; color: var(--faint); font-size: 0.8125rem; }
th, td { padding: 0.3125rem 1rem 0.3125rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-inline-end: 0; }
th { font-weight: 500; }
thead th { color: var(--faint); font-size: 0.75rem; vertical-align: bottom; border-bottom-color: var(--faint); }
.n { text-align: end; }
td.n { white-space: nowrap; }
td.n .why { white-space: normal; margin-inline-start: auto; max-width: 16rem; }
tbody th { min-width: 7rem; font-weight: 500; }
.why { margin: 0.125rem 0 0; font-size: 0.8125rem; font-weight: 400; max-width: 34rem; }
em { font-style: normal; font-weight: 600; color: var(--warn); }

.margin { display: block; margin-top: 0.1875rem; }
.margin .allowed { fill: var(--good-shade); }
.margin .threshold { stroke: var(--faint); stroke-width: 1; }
.margin .interval { stroke: var(--ink); stroke-width: 2; }
.margin circle { fill: var(--ink); }

.filters { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.25rem; margin: 0.75rem 0; padding: 0.5rem 0.75rem; background: var(--shade); font-size: 0.875rem; }
.filters[hidden] { display: none; }
.filters select, .filters input { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--faint); border-radius: 3px; padding: 0.1875rem 0.375rem; max-width: 100%; }
.filters output { color: var(--faint); }

figure { margin: 1rem 0 1.5rem; }
figcaption { font-size: 0.8125rem; max-width: 46rem; margin-top: 0.25rem; }
details { font-size: 0.8125rem; margin-top: 0.25rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; }

.plot { display: grid; grid-template: auto auto 13rem 1.375rem auto auto / 3.75rem minmax(0, 1fr); font-size: 0.75rem; line-height: 1.2; color: var(--faint); font-variant-numeric: tabular-nums; }
.plot-title { grid-area: 1 / 1 / 2 / 3; padding-bottom: 0.375rem; color: var(--ink); font-weight: 500; }
.plot-spans { grid-area: 2 / 2; }
.plot-spans div { position: relative; height: 1.125rem; }
.plot-y { grid-area: 3 / 1; position: relative; }
.plot-y span { position: absolute; right: 0.5rem; transform: translateY(50%); white-space: nowrap; }
.plot-area { grid-area: 3 / 2; position: relative; border-bottom: 1px solid var(--faint); }
.plot-area svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.plot-x { grid-area: 4 / 2; position: relative; }
.plot-x span { position: absolute; top: 0.3125rem; transform: translateX(-50%); white-space: nowrap; }
.plot-x span.last { transform: translateX(-100%); }
.plot-x-title { grid-area: 5 / 2; text-align: end; }
.legend { grid-area: 6 / 1 / 7 / 3; display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; margin: 0.375rem 0 0; padding: 0; list-style: none; color: var(--ink); font-size: 0.8125rem; }
.legend svg { width: 1.75rem; height: 0.5rem; margin-inline-end: 0.375rem; vertical-align: middle; }
.plot path { fill: none; vector-effect: non-scaling-stroke; }
.plot .grid { stroke: var(--rule); stroke-width: 1px; }
.plot .line { stroke-width: 1.75px; stroke-linejoin: round; stroke-linecap: round; }
.plot .d2 { stroke-dasharray: 7 5; }
.plot .d3 { stroke-dasharray: 1 5; }
.plot path.band { stroke: none; opacity: 0.16; }
${SERIES.map((n) => `.plot .line.s${n} { stroke: var(--series-${n}); } .plot path.band.s${n} { fill: var(--series-${n}); }`).join('\n')}
.plot rect.phase { fill: none; }
.plot rect.unjudged { fill: var(--shade); }
.plot rect.fault { fill: var(--bad-shade); }
.plot .edge { stroke: var(--faint); stroke-width: 1px; stroke-dasharray: 2 3; }
.plot .edge.fault { stroke: var(--bad); stroke-dasharray: none; }
.reading { float: right; color: var(--faint); font-weight: 400; white-space: pre-wrap; text-align: end; }
.reading-line { position: absolute; inset-block: 0; z-index: 1; border-inline-start: 1px solid var(--ink); pointer-events: none; }
.reading-line[hidden] { display: none; }
.span-label { position: absolute; z-index: 1; padding: 0.125rem 0.25rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.span-label { top: 0; }
.span-label.fault { color: var(--bad); }

.graph text { font-size: 12px; fill: var(--ink); }
.graph .faint { fill: var(--faint); }
.graph .name { font-size: 11.5px; font-weight: 600; }
.graph rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1; }
.graph .suspect rect { stroke: var(--bad); stroke-width: 2.5; }
.graph .suspect .mark { fill: var(--bad); font-weight: 600; }
.graph .call { fill: none; stroke: var(--faint); }
.graph .quiet { stroke-dasharray: 3 4; }
.graph .arrow { fill: var(--faint); }
.graph .load { stroke: var(--paper); stroke-width: 4; paint-order: stroke; }

@media (max-width: 40rem) {
  .plot { grid-template-columns: 3.125rem minmax(0, 1fr); grid-template-rows: auto auto 11rem 1.375rem auto auto; }
  .plot-x.dense span:nth-last-child(even) { display: none; }
  th, td { padding-inline-end: 0.75rem; }
  td:not(.n) { min-width: 6rem; }
}
@media print {
  body { font-size: 9.5pt; }
  header, main, footer { max-width: none; padding-inline: 0; }
  nav, .filters, .skip, details:not([open]) { display: none; }
  .scroll { overflow: visible; }
  .graph { max-width: 100%; height: auto; }
  table, thead th, .why, .badge { font-size: 7pt; }
  th, td { padding-inline-end: 0.375rem; }
  td.n { white-space: normal; }
  .plot { grid-template-rows: auto auto 9rem 1.375rem auto auto; }
  h2, h3, h4, caption { break-after: avoid; }
  figure, tr, .warnings li { break-inside: avoid; }
  .badge, .plot rect, .warnings li { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { margin: 15mm; }
}
`.trim();
