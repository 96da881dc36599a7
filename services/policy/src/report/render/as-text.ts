import type { Block, Document, Inline, Line } from './document.ts';

/** The report as plain text. */
export function asText({ title, intro, sections, end }: Document): string {
  const parts = [
    `${title}\n${'='.repeat(title.length)}`,
    ...intro.map(blockText),
    ...sections.flatMap((each) => [
      `${each.title}\n${'-'.repeat(each.title.length)}`,
      ...each.blocks.map(blockText),
    ]),
    ...end.map(blockText),
  ];
  return `${parts.join('\n\n')}\n`;
}

function blockText(block: Block): string {
  if (block.kind === 'text') return lineText(block.line);
  const lines = block.lines.map((line) => `- ${lineText(line).replaceAll('\n', '\n  ')}`);
  return [...(block.title === undefined ? [] : [block.title]), ...lines].join('\n');
}

const lineText = (line: Line): string => line.map(inlineText).join('');

function inlineText(inline: Inline): string {
  return typeof inline === 'string' ? inline : `${inline.text} (${inline.href})`;
}
