import { importsOf, type Source } from './source.ts';

/**
 * Files that import each other in a circle, each circle once as `a.ts → b.ts → a.ts`. Types count too: the linter looks at
 * imports of values alone, and whoever reads one file of a circle must have read the others.
 */
export function circles(sources: readonly Source[]): string[] {
  const imports = new Map(
    sources.map((source) => [source.path, importsOf(source).flatMap(({ target }) => target ?? [])] as const),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) {
      found.push([...way.slice(start), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) follow(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) follow(path, []);
  return found;
}
