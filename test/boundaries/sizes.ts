import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ancestor } from 'acorn-walk';
import { root, type Source, type Violation, violation } from './source.ts';

const most = { ofFile: 250, ofFunction: 60 };

/** What a comment above a function, or at the head of a file, has to begin a sentence with to say why it is that long. */
export const reason = 'Long, since';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** Files and functions that are too long and do not say why; a function within another is a part of that one. */
export function tooLong(sources: readonly Source[], read = textOf): Violation[] {
  return sources.flatMap((source) => {
    const lines = read(source.path).trimEnd().split('\n');
    const found: Violation[] = [];
    const head = lines.slice(
      0,
      lines.findIndex((line) => /^(import|export)\b/.test(line)),
    );
    if (lines.length > most.ofFile && !head.join(' ').includes(reason))
      found.push(violation(source, source.tree, `has ${lines.length} lines`));
    ancestor(source.tree, {
      Function(node, _, ancestors) {
        const length = (node.loc?.end.line ?? 0) - (node.loc?.start.line ?? 0) + 1;
        const isWithin = ancestors.some((each) => each !== node && each.type.includes('Function'));
        if (length <= most.ofFunction || isWithin) return;
        if (!commentAbove(lines, node.loc?.start.line ?? 1).includes(reason))
          found.push(violation(source, node, `has a function of ${length} lines`));
      },
    });
    return found;
  });
}

function commentAbove(lines: readonly string[], line: number): string {
  const above = lines.slice(0, line - 1);
  const code = above.findLastIndex((each) => !/^\s*(\/\*\*|\*|\/\/)/.test(each));
  return above.slice(code + 1).join(' ');
}
