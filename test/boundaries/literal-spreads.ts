import { simple } from 'acorn-walk';
import { type Source, type Violation, violation } from './source.ts';

/** Spreads of a literal, which are there for the formatter alone: `{ ...{ a, b }, c }` is `{ a, b, c }`. */
export function literalSpreads(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const found: Violation[] = [];
    simple(source.tree, {
      SpreadElement(node) {
        const { type } = node.argument;
        if (type === 'ObjectExpression' || type === 'ArrayExpression')
          found.push(violation(source, node, 'spreads a literal: what is in it can stand there by itself'));
      },
    });
    return found;
  });
}
