import { escapedHtml } from '../../html.ts';
import type { Block, Document, Inline, Line } from './document.ts';

/** The styles stand at the elements: mail programs leave out all others. Nothing is loaded from elsewhere. */
const styles = {
  body: 'margin:0;padding:16px;color:#1a1a1a;background:#ffffff;font:16px/1.5 sans-serif',
  main: 'max-width:42em;margin:0 auto',
  h1: 'font-size:24px;line-height:1.25;margin:0 0 16px',
  h2: 'font-size:19px;line-height:1.3;margin:28px 0 8px',
  p: 'margin:8px 0',
  ul: 'margin:8px 0;padding-left:24px',
  li: 'margin:4px 0',
  a: 'color:#0b57a4',
} as const;

/** The report as a page of its own, that a mail program shows as well as a browser. */
export function asHtml({ title, intro, sections, end }: Document): string {
  const parts = [
    `<h1 style="${styles.h1}">${escapedHtml(title)}</h1>`,
    ...intro.map(blockHtml),
    ...sections.flatMap((each) => [
      `<h2 style="${styles.h2}">${escapedHtml(each.title)}</h2>`,
      ...each.blocks.map(blockHtml),
    ]),
    ...end.map(blockHtml),
  ];
  return `<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapedHtml(title)}</title></head>
<body style="${styles.body}"><div style="${styles.main}">
${parts.join('\n')}
</div></body>
</html>
`;
}

function blockHtml(block: Block): string {
  if (block.kind === 'text') return `<p style="${styles.p}">${lineHtml(block.line)}</p>`;
  const title = block.title === undefined ? '' : `<p style="${styles.p}">${escapedHtml(block.title)}</p>\n`;
  const lines = block.lines.map((line) => `<li style="${styles.li}">${lineHtml(line)}</li>`);
  return `${title}<ul style="${styles.ul}">\n${lines.join('\n')}\n</ul>`;
}

const lineHtml = (line: Line): string => line.map(inlineHtml).join('');

function inlineHtml(inline: Inline): string {
  if (typeof inline === 'string') return escapedHtml(inline).replaceAll('\n', '<br>');
  return `<a style="${styles.a}" href="${escapedHtml(inline.href)}">${escapedHtml(inline.text)}</a>`;
}
