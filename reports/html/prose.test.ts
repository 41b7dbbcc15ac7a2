import { expect, test } from 'vitest';
import { html } from './markup.ts';
import { prose } from './prose.ts';

test('names between backticks are set as code, and are escaped like everything else', () => {
  expect(html`${prose('`<app>` of `step 2` is gone')}`.text).toBe(
    '<code>&lt;app&gt;</code> of <code>step 2</code> is gone',
  );
  expect(html`${prose('an odd ` stays')}`.text).toBe('an odd ` stays');
});
