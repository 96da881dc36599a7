import type { Node } from 'acorn';
import { simple } from 'acorn-walk';
import { importsOf, type Source, type Violation, violation } from './source.ts';

// Of Node only what compares and formats values.
const allowed = [
  '@huismeester/contracts',
  '@huismeester/clock/backoff',
  '@huismeester/directory/roles',
  'typebox',
  'node:util',
];
const impure = new Set([
  'performance',
  'crypto',
  'process',
  'console',
  'globalThis',
  'fetch',
  'require',
  'Buffer',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'WebSocket',
  'navigator',
  'localStorage',
  'eval',
]);

/**
 * What is pure in a service: its core; and of policy its facts, its rules and what makes one decision of their opinions, but
 * for the files there that are the shell's.
 */
export function isPure(path: string): boolean {
  if (path.includes('/core/')) return true;
  if (/^services\/policy\/src\/(facts|rules)\//.test(path)) return !/\/(store|routes)\.ts$/.test(path);
  return /^services\/policy\/src\/desired\/(arbiter|asked|decide-one|decide-power|held-opinions|hold-bars|look|mine|pass|presence|preview|record|rehearse|silence|target)\.ts$/.test(
    path,
  );
}

/** A core decides from what it is given: no I/O, no clock, no chance; it imports what is as pure, and the contracts, alone. */
export function impureCores(cores: readonly Source[]): Violation[] {
  const pure = new Set(cores.map(({ path }) => path));
  return cores.flatMap((source) => [...foreignImports(source, pure), ...impureUses(source)]);
}

function foreignImports(source: Source, pure: ReadonlySet<string>): Violation[] {
  const core = source.path.slice(0, source.path.indexOf('/core/') + '/core/'.length);
  return importsOf(source)
    .filter(({ specifier, target }) =>
      target === undefined
        ? !allowed.some((each) => specifier === each || specifier?.startsWith(`${each}/`))
        : !pure.has(target) && !(source.path.includes('/core/') && target.startsWith(core)),
    )
    .map(({ node, specifier }) =>
      violation(
        source,
        node,
        `imports ${specifier ?? 'what it computes'}: a core imports core and contracts`,
      ),
    );
}

function impureUses(source: Source): Violation[] {
  const found: Violation[] = [];
  const add = (node: Node, what: string) => found.push(violation(source, node, what));
  simple(source.tree, {
    Identifier(node) {
      if (impure.has(node.name)) add(node, `uses ${node.name}: what it needs comes in as a value`);
    },
    NewExpression(node) {
      // A Date of a value is a value; one of nothing is a look at the clock.
      if (isNamed(node.callee, 'Date') && node.arguments.length === 0)
        add(node, 'uses new Date(): time comes in');
    },
    CallExpression(node) {
      if (isNamed(node.callee, 'Date')) add(node, 'uses Date(): time comes in');
    },
    MemberExpression(node) {
      const property = node.property.type === 'Identifier' ? node.property.name : undefined;
      if (isNamed(node.object, 'Date') && property === 'now') add(node, 'uses Date.now: time comes in');
      if (isNamed(node.object, 'Math') && property === 'random')
        add(node, 'uses Math.random: chance comes in');
    },
    MetaProperty(node) {
      add(node, `uses ${node.meta.name}.${node.property.name}: a core knows of no place`);
    },
  });
  return found;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && 'name' in node && node.name === name;
}
