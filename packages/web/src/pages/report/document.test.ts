import { expect, test } from 'vitest';
import { blocksOf } from './document.ts';

const page = `<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Verslag</title></head>
<body style="margin:0"><div style="max-width:42em">
<h1 style="font-size:24px">Infraverslag – Space &amp; Co</h1>
<p style="margin:8px 0">Eerste regel<br>tweede</p>
<h2 style="font-size:19px">Team</h2>
<p>Wie:</p>
<ul style="margin:8px 0">
<li>Zie <a style="color:#0b57a4" href="https://wiki.example/a?b=1&amp;c=2">de pagina</a> <a href="/team">hier</a></li>
<li>&lt;img onerror=&quot;x&quot;&gt;</li>
</ul>
</div></body>
</html>
`;

test('a report is read block by block', () => {
  expect(blocksOf(page)).toEqual([
    { kind: 'title', pieces: [{ kind: 'text', text: 'Infraverslag – Space & Co' }] },
    {
      kind: 'text',
      pieces: [{ kind: 'text', text: 'Eerste regel' }, { kind: 'break' }, { kind: 'text', text: 'tweede' }],
    },
    { kind: 'heading', pieces: [{ kind: 'text', text: 'Team' }] },
    { kind: 'text', pieces: [{ kind: 'text', text: 'Wie:' }] },
    {
      kind: 'list',
      lines: [
        [
          { kind: 'text', text: 'Zie ' },
          { kind: 'link', text: 'de pagina', href: 'https://wiki.example/a?b=1&c=2' },
          { kind: 'text', text: ' ' },
          { kind: 'link', text: 'hier', href: '/team' },
        ],
        [{ kind: 'text', text: '<img onerror="x">' }],
      ],
    },
  ]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.example'])('%s is no link', (href) => {
  const [block] = blocksOf(`<body><p><a href="${href}">hier</a></p></body>`);
  expect(block).toEqual({ kind: 'text', pieces: [{ kind: 'text', text: 'hier' }] });
});
