import { describe, expect, it } from 'vitest';
import { html } from './markup.ts';

describe('html', () => {
  it('escapes what is put in, in elements and in attributes', () => {
    const name = `<b> & "it's"`;
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;b&gt; &amp; &quot;it&#39;s&quot;">&lt;b&gt; &amp; &quot;it&#39;s&quot;</p>',
    );
  });

  it('takes markup as it is, numbers, lists of them, and nothing for null', () => {
    const items = ['a', 2, html`<i>c</i>`, null].map((item) => html`<li>${item}</li>`);
    expect(
      html`<ul>
        ${items}
      </ul>`.text,
    ).toBe('<ul>\n<li>a</li><li>2</li><li><i>c</i></li><li></li>\n</ul>');
  });

  it('shows characters that no document may hold as such, and keeps line ends of what is put in', () => {
    expect(html`${'a\0b\u001bc\ud800d\n  e'}`.text).toBe('a\ufffdb\ufffdc\ufffdd\n  e');
  });
});
