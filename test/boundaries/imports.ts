import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Import, importsOf, root, type Source, type Violation, violation } from './source.ts';

/** Whether a file may import something; the text says what would have been right. */
type Judgement = (source: Source, imported: Import) => string | undefined;

function check(sources: readonly Source[], judge: Judgement): Violation[] {
  return sources.flatMap((source) =>
    importsOf(source).flatMap((imported) => {
      const wrong = judge(source, imported);
      return wrong === undefined
        ? []
        : [violation(source, imported.node, `imports ${imported.specifier ?? 'what it computes'}: ${wrong}`)];
    }),
  );
}

/** The name of a workspace package by its directory. */
export function packageNames(directories: readonly string[]): Map<string, string> {
  return new Map(directories.map((directory) => [nameOf(directory), directory]));
}

function nameOf(directory: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'name' in manifest) return String(manifest.name);
  throw new Error(`${directory}/package.json has no name`);
}

/**
 * A service imports no other service, and a package none at all; deploy/standalone and test, which put them together,
 * are imported by nobody. No file reaches into another package by a relative path.
 */
export function wrongPackages(
  sources: readonly Source[],
  packages: ReadonlyMap<string, string>,
): Violation[] {
  return check(sources, ({ path }, { specifier, target }) => {
    const own = directoryOf(path);
    if (target !== undefined) {
      return target.startsWith(`${own}/`) ? undefined : 'it is of another package; import that by its name';
    }
    const other = packages.get(specifier?.split('/').slice(0, 2).join('/') ?? '');
    if (other === undefined || other === own || own === 'test') return undefined;
    if (other.startsWith('packages/')) return undefined;
    if (other.startsWith('services/') && own.startsWith('deploy/')) return undefined;
    return other.startsWith('services/')
      ? 'a service is imported by nobody but deploy/'
      : `${other} is imported by nobody`;
  });
}

function directoryOf(path: string): string {
  return path.startsWith('test/') ? 'test' : path.split('/').slice(0, 2).join('/');
}

/** Only these, and files of the same package. */
export function otherThan(sources: readonly Source[], allowed: readonly string[]): Violation[] {
  return check(sources, (_, { specifier, target }) =>
    target !== undefined || allowed.some((each) => specifier === each || specifier?.startsWith(`${each}/`))
      ? undefined
      : `it may import ${allowed.join(', ')} only`,
  );
}

/** What the page may use: little enough for a phone. Of contracts only sentences are values; all else there is types. */
const ofThePage = [
  'preact',
  'preact/hooks',
  '@preact/signals',
  'uqr',
  '@huismeester/contracts/sentences',
  // Of one language only.
  '@huismeester/contracts/sentences-en',
  '@huismeester/contracts/sentences-nl',
];

/** A file of the page imports what a browser can have; `textOf` is its text by its path. */
export function unfitForBrowsers(sources: readonly Source[], textOf: (path: string) => string): Violation[] {
  return check(sources, ({ path }, { node, specifier, target }) => {
    if (target !== undefined || ofThePage.includes(specifier ?? '')) return undefined;
    const line = textOf(path).split('\n').slice(0, node.loc?.end.line).join('\n');
    const isType = /^(import|export) type\b/.test(
      line.slice(line.search(/^(import|export)\b(?![\s\S]*^(import|export)\b)/m)),
    );
    if (specifier === '@huismeester/contracts' && isType) return undefined;
    return `the page may import ${ofThePage.join(', ')}, and types of @huismeester/contracts`;
  });
}

/** None of these. */
export function anyOf(sources: readonly Source[], forbidden: readonly string[]): Violation[] {
  return check(sources, (_, { specifier }) =>
    forbidden.some((each) => specifier === each || specifier?.startsWith(`${each}/`))
      ? `it must do without ${forbidden.join(', ')}`
      : undefined,
  );
}

/** A service's folder in packages/contracts imports typebox, its own files, and what these files of contracts export. */
export function wideContracts(sources: readonly Source[], allowed: readonly string[]): Violation[] {
  const contracts = 'packages/contracts/src/';
  return check(sources, ({ path }, { target }) => {
    const folder = path.slice(0, path.indexOf('/', contracts.length) + 1);
    if (target === undefined || target.startsWith(folder)) return undefined;
    return allowed.some((file) => target === contracts + file)
      ? undefined
      : `a service's folder imports ${allowed.join(' and ')} alone`;
  });
}
