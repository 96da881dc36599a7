import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Node, type Program, parse } from 'acorn';
import { simple } from 'acorn-walk';
import { skeletonOf } from './skeleton.ts';

/** A file with its syntax tree; the path is from the root of the repository. */
export interface Source {
  readonly path: string;
  readonly tree: Program;
}

/** Something that a rule does not allow. */
export interface Violation {
  /** `path:line` */
  readonly where: string;
  readonly what: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every TypeScript file of the repository that matches, such as `services/policy/src/**`. */
export function sources(...patterns: string[]): Source[] {
  const paths = globSync(
    patterns.map((pattern) => `${pattern}/*.{ts,tsx}`),
    { cwd: root, exclude: (path) => path.split('/').includes('node_modules') },
  );
  return paths.sort().map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}

export function parseSource(path: string, text: string): Source {
  const code = path.endsWith('.tsx')
    ? skeletonOf(path, text)
    : stripTypeScriptTypes(withTypeImports(text), { mode: 'strip' });
  return { path, tree: parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }) };
}

/** An import of types alone binds two parts of the program as well: it becomes an ordinary one before types go. */
function withTypeImports(text: string): string {
  return text
    .replace(/^(\s*import )type(?= +[\w{*$])/gm, '$1    ')
    .replace(/^(\s*export )type(?= +(?:\*|\{[^}]*\} from\b))/gm, '$1    ');
}

export function violation({ path }: Source, node: Node, what: string): Violation {
  return { where: `${path}:${node.loc?.start.line ?? '?'}`, what };
}

export interface Import {
  readonly node: Node;
  /** As it is written; undefined when it is computed. */
  readonly specifier: string | undefined;
  /** For a relative one, the path from the root of the repository. */
  readonly target: string | undefined;
}

/** All that a file imports, types and dynamic imports too. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (node: Node, of: Node | null | undefined) => {
    if (!of) return;
    const specifier = 'value' in of && typeof of.value === 'string' ? of.value : undefined;
    const relative = specifier?.startsWith('.');
    const target = relative ? normalize(join(dirname(source.path), specifier ?? '')) : undefined;
    found.push({ node, specifier, target });
  };
  simple(source.tree, {
    ImportDeclaration: (node) => add(node, node.source),
    ExportNamedDeclaration: (node) => add(node, node.source),
    ExportAllDeclaration: (node) => add(node, node.source),
    ImportExpression: (node) => add(node, node.source),
  });
  return found;
}
