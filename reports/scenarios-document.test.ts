import { expect, it } from 'vitest';
import { documentText } from './document-text.ts';
import { scenariosDocument } from './scenarios-document.ts';
import { plainStyle } from './style.ts';

it('says of each scenario what it brings, where, for how long, and how many claims it settles', () => {
  const common = { plan: 'amazon-shop', title: 'The peak', profile: 'full', duration_s: 60.4 } as const;
  const document = scenariosDocument({
    formatVersion: 1,
    kind: 'scenarios',
    scenarios: [
      { ...common, scenario: 'peak', steps: [1, 2, 3, 6], brings: [], claims: ['a', 'b'] },
      { ...common, scenario: 'crash', steps: [2], brings: ['crash of app', 'cache.instances: 1'], claims: [] },
    ],
  });
  expect(documentText(document, { style: plainStyle, width: 80 })).toMatchInlineSnapshot(`
    "amazon-shop  what                                    steps    s  profile  claims
    ────────────────────────────────────────────────────────────────────────────────
    peak         The peak                                1-3, 6  60  full          2
    crash        The peak (crash of app,                 2       60  full          0
                 cache.instances: 1)
    "
  `);
});
