import { parseSync } from 'vite';

/** A text in a component that people read. */
export interface TextInComponent {
  readonly line: number;
  readonly text: string;
}

/** As much of a node of the syntax tree (ESTree with JSX) as the rule looks at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Attributes that people see or hear, of elements and of the parts that pages are made of. */
const readByPeople = new Set(
  'title aria-label aria-description aria-placeholder aria-roledescription aria-valuetext alt placeholder label lead hint caption summary why empty error forWhom text'.split(
    ' ',
  ),
);
const letters = /\p{L}/u;

/**
 * The texts in a component: between its tags, in attributes that people read, and in expressions that choose between texts. What is called with a text, such
 * as a dictionary with its key, is no text.
 */
export function textsIn(path: string, source: string): TextInComponent[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: TextInComponent[] = [];
  const add = ({ start }: Node, text: unknown): void => {
    if (typeof text !== 'string' || !letters.test(text)) return;
    found.push({ line: source.slice(0, start).split('\n').length, text: text.trim() });
  };
  visit(program as unknown, (node) => {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment')
      for (const child of nodesOf(node.children)) textsOf(child, add);
    if (node.type === 'JSXAttribute' && readByPeople.has(nameOf(node.name)))
      for (const value of nodesOf([node.value])) textsOf(value, add);
  });
  return found;
}

/** The texts that this node may become on the screen. */
function textsOf(node: Node, add: (node: Node, text: unknown) => void): void {
  const of = (...parts: unknown[]): void => {
    for (const part of nodesOf(parts)) textsOf(part, add);
  };
  if (node.type === 'JSXText' || node.type === 'Literal') add(node, node.value);
  else if (node.type === 'TemplateLiteral')
    for (const each of nodesOf(node.quasis)) add(each, (each.value as { cooked?: unknown }).cooked);
  else if (node.type === 'JSXExpressionContainer') of(node.expression);
  else if (node.type === 'ConditionalExpression') of(node.consequent, node.alternate);
  else if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
    // `a === 'b'` compares, and becomes no text.
    if (['&&', '||', '??', '+'].includes(String(node.operator))) of(node.left, node.right);
  }
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, look);
  else if (isNode(value)) {
    look(value);
    visit(Object.values(value), look);
  }
}

function nodesOf(values: unknown): Node[] {
  return Array.isArray(values) ? values.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** `aria-label` as it is written. */
function nameOf(name: unknown): string {
  return isNode(name) && typeof name.name === 'string' ? name.name : '';
}
