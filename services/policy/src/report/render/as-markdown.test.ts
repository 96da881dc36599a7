import { expect, test } from 'vitest';
import { asMarkdown } from './as-markdown.ts';
import { text } from './document.ts';

const line = (written: string) => asMarkdown({ title: 'T', intro: [text(written)], sections: [], end: [] });

test.each([
  ['a numbered list', '1. Koop een UPS', '1\\. Koop een UPS'],
  ['one in brackets', '12) Koop een UPS', '12\\) Koop een UPS'],
  ['a number', '1.234 euro', '1.234 euro'],
  ['a heading', '# kop', '\\# kop'],
  ['what is struck out', 'het is ~~nee~~ ja', 'het is \\~\\~nee\\~\\~ ja'],
  ['an address', 'zie https://wiki.example/x', 'zie https\\://wiki.example/x'],
  ['one without a scheme', 'zie www.example.org', 'zie www\\.example.org'],
])('%s that somebody wrote is text', (_, written, markdown) => {
  expect(line(written)).toBe(`# T\n\n${markdown}\n`);
});
