/** A piece of a line: text, or text that leads somewhere. */
export type Inline = string | { readonly text: string; readonly href: string };
export type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'list'; readonly title?: string; readonly lines: readonly Line[] };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A report in words, before it is text, Markdown or HTML. */
export interface Document {
  readonly title: string;
  readonly intro: readonly Block[];
  readonly sections: readonly Section[];
  readonly end: readonly Block[];
}

export const text = (...line: Line): Block => ({ kind: 'text', line });

/** A list, or nothing at all where there is nothing in it. */
export function list(lines: readonly (Line | string)[], title?: string): Block[] {
  if (lines.length === 0) return [];
  const all = lines.map((line) => (typeof line === 'string' ? [line] : line));
  return [{ kind: 'list', lines: all, ...(title !== undefined && { title }) }];
}

/** A section; where there is nothing to say it says that. */
export function section(title: string, blocks: readonly Block[], nothing: string): Section {
  return { title, blocks: blocks.length === 0 ? [text(`Niets bijzonders: ${nothing}`)] : blocks };
}
