/** A link of docs/walk.md with the name to look for in its file. */
export interface Stop {
  /** From the root of the repository. */
  readonly file: string;
  readonly name: string | undefined;
}

export interface Step {
  readonly title: string;
  readonly stops: readonly Stop[];
}

/** The steps of docs/walk.md: its second-level headings, and the links below each. */
export function stepsOf(markdown: string): Step[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => ({
      title: text.slice(0, text.indexOf('\n')),
      stops: [...text.matchAll(/\]\(\.\.\/([^)]+)\)(?:\s+`(\w+)`)?/g)].map(([, file = '', name]) => ({
        file,
        name,
      })),
    }));
}
