import { expect, it } from 'vitest';
import { html, prose } from './html.ts';

it('takes what is put into a template for text, unless it is HTML', () => {
  const name = '<script>alert("x")</script>';
  expect(html`<p title="${name}">${html`<b>${name}</b>`}${[1, undefined]}</p>`.text).toBe(
    '<p title="&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;"><b>&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;</b>1</p>',
  );
});

it('makes code of what stands between backticks', () => {
  expect(prose('`a<b` is *not* `c`').text).toBe('<code>a&#60;b</code> is *not* <code>c</code>');
});
