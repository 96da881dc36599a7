import type { Block, Document, Inline, Line } from './document.ts';

/** The report as Markdown (CommonMark). */
export function asMarkdown({ title, intro, sections, end }: Document): string {
  const parts = [
    `# ${escaped(title)}`,
    ...intro.map(blockMarkdown),
    ...sections.flatMap((each) => [`## ${escaped(each.title)}`, ...each.blocks.map(blockMarkdown)]),
    ...end.map(blockMarkdown),
  ];
  return `${parts.join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  if (block.kind === 'text') return lineMarkdown(block.line).replaceAll('\n', '\\\n');
  const lines = block.lines.map((line) => `- ${lineMarkdown(line).replaceAll('\n', '\\\n  ')}`).join('\n');
  return block.title === undefined ? lines : `${escaped(block.title)}\n\n${lines}`;
}

const lineMarkdown = (line: Line): string => line.map(inlineMarkdown).join('');

function inlineMarkdown(inline: Inline): string {
  if (typeof inline === 'string') return escaped(inline);
  return `[${escaped(inline.text)}](${inline.href.replaceAll(/[()<>\s]/g, percentEncoded)})`;
}

/** What would end the address, in Markdown. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * What people wrote stays as they wrote it: no mark-up, and no HTML, follows from it, nor that of GitHub’s Markdown (struck out, links of bare addresses);
 * nor does a line begin a list or a heading.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>&~]/g, '\\$&')
    .replaceAll(/^(\s*)([#+\-=|])/gm, '$1\\$2')
    .replaceAll(/^(\s*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
    .replaceAll(/(https?)(?=:\/\/)|(www)(?=\.)/gi, '$&\\');
}
