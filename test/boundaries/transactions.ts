import type { CallExpression, Function as FunctionNode, Node } from 'acorn';
import { ancestor, full, simple } from 'acorn-walk';
import { type Source, type Violation, violation } from './source.ts';

export interface TransactionReport {
  readonly violations: readonly Violation[];
  /** How many pieces of work inside a transaction were looked at. */
  readonly looked: number;
}

/** Work that others run within a transaction of theirs gets it under this name. */
const customary = 'tx';
/** Gets the transaction and calls back when it is over. */
const afterwards = new Set(['afterCommit']);
const outer = new Set(['database', 'orm']);

/**
 * Inside a transaction nothing waits for the outside, and nothing uses the connection outside: it would keep locks
 * for as long as the outside pleases, and on PGlite wait for itself for ever. So every awaited call in the callback
 * of a `.transaction(…)`, and in every function that takes a `tx`, is given the transaction.
 */
export function checkTransactions(sources: readonly Source[]): TransactionReport {
  const works = sources.flatMap((source) => worksOf(source).map((work) => ({ source, ...work })));
  return {
    looked: works.length,
    violations: works.flatMap(({ source, body, name, wrong }) =>
      wrong === undefined ? checkWork(source, body, name) : [violation(source, body, wrong)],
    ),
  };
}

interface Work {
  readonly body: FunctionNode;
  readonly name: string;
  readonly wrong?: string;
}

function worksOf({ tree }: Source): Work[] {
  const works = new Map<FunctionNode, Work>();
  const take = (node: FunctionNode) => {
    const named = node.params.some((parameter) => isIdentifier(parameter, customary));
    if (named) works.set(node, { body: node, name: customary });
  };
  simple(tree, {
    Function: take,
    CallExpression(call) {
      if (!isCallOf(call, 'transaction')) return;
      const [callback] = call.arguments;
      const isFunction =
        callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression';
      // A function that is named instead is looked at where it stands, if its parameter has the customary name.
      if (!callback || !isFunction) return;
      const [parameter] = callback.params;
      works.set(
        callback,
        parameter?.type === 'Identifier'
          ? { body: callback, name: parameter.name }
          : { body: callback, name: '', wrong: 'a transaction’s callback takes the transaction, by a name' },
      );
    },
  });
  return [...works.values()];
}

function checkWork(source: Source, body: FunctionNode, name: string): Violation[] {
  const found: Violation[] = [];
  const within = new Set([name, ...savepointNames(body)]);
  const local = new Set([...within, ...declaredIn(body)]);
  const wait = (node: Node, awaited: Node) => {
    if (awaited.type === 'Identifier' && 'name' in awaited && local.has(String(awaited.name))) return;
    if (!mentions(awaited, within))
      found.push(violation(source, node, `waits for something that is not given ${name}`));
  };
  ancestor(body, {
    AwaitExpression(node, _, ancestors) {
      if (!isAfterwards(ancestors)) wait(node, node.argument);
    },
    ForOfStatement(node, _, ancestors) {
      if (node.await && !isAfterwards(ancestors)) wait(node, node.right);
    },
    Identifier(node, _, ancestors) {
      if (outer.has(node.name) && !isAfterwards(ancestors))
        found.push(outside(source, node, node.name, name));
    },
    MemberExpression(node, _, ancestors) {
      const property = 'name' in node.property && !node.computed ? String(node.property.name) : '';
      if (outer.has(property) && !isAfterwards(ancestors)) found.push(outside(source, node, property, name));
    },
  });
  // What an arrow without braces calls is awaited by the transaction itself.
  if (body.expression && body.body.type === 'CallExpression') wait(body.body, body.body);
  return found;
}

function outside(source: Source, node: Node, used: string, name: string): Violation {
  return violation(source, node, `uses ${used}, the connection outside, instead of ${name}`);
}

/** Names under which a savepoint of the transaction is known. */
function savepointNames(body: Node): string[] {
  const names: string[] = [];
  simple(body, {
    CallExpression(call) {
      if (!isCallOf(call, 'savepoint') && !isCallOf(call, 'transaction')) return;
      const callback = call.arguments.at(-1);
      if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return;
      const [parameter] = callback.params;
      if (parameter?.type === 'Identifier') names.push(parameter.name);
    },
  });
  return names;
}

function declaredIn(body: Node): string[] {
  const names: string[] = [];
  simple(body, {
    VariableDeclarator(node) {
      if (node.id.type === 'Identifier') names.push(node.id.name);
    },
  });
  return names;
}

function isAfterwards(ancestors: readonly Node[]): boolean {
  return ancestors.some(
    (node) =>
      node.type === 'CallExpression' &&
      [...afterwards].some((name) => isCallOf(node as CallExpression, name)),
  );
}

function isCallOf({ callee }: CallExpression, name: string): boolean {
  if (callee.type === 'Identifier') return callee.name === name && name !== 'transaction';
  return callee.type === 'MemberExpression' && isIdentifier(callee.property, name);
}

function mentions(node: Node, names: ReadonlySet<string>): boolean {
  let found = false;
  full(node, (each) => {
    if (each.type === 'Identifier' && 'name' in each && names.has(String(each.name))) found = true;
  });
  return found;
}

function isIdentifier(node: Node, name: string): boolean {
  return node.type === 'Identifier' && 'name' in node && node.name === name;
}
