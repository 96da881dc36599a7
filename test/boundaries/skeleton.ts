import { parseSync } from 'vite';

/** A piece of code, by where it stands in its file. */
interface Piece {
  readonly at: number;
  readonly code: string;
}

/**
 * What the rules look at in a file with elements in it (TSX), in which Node cannot leave out the types: its imports and the extent of its
 * outermost functions, each on the line where it stands.
 */
export function skeletonOf(path: string, text: string): string {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const pieces: Piece[] = [
    ...module.staticImports.map(({ start, moduleRequest }) => importAt(start, moduleRequest.value)),
    ...module.staticExports.flatMap(({ start, entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest ? [importAt(start, moduleRequest.value)] : [])),
    ),
    ...module.dynamicImports.map(({ start, moduleRequest }) => ({
      at: start,
      code: `import(${text.slice(moduleRequest.start, moduleRequest.end)});`,
    })),
    ...functionsIn(program).flatMap(({ start, end }) => [
      { at: start, code: '(() => {' },
      { at: end - 1, code: '});' },
    ]),
  ];
  return laidOut(text, pieces);
}

const importAt = (at: number, specifier: string): Piece => ({
  at,
  code: `import ${JSON.stringify(specifier)};`,
});

function laidOut(text: string, pieces: readonly Piece[]): string {
  const lines: string[] = text.split('\n').map(() => '');
  for (const { at, code } of pieces.toSorted((one, other) => one.at - other.at)) {
    const line = text.slice(0, at).split('\n').length - 1;
    lines[line] += code;
  }
  return lines.join('\n');
}

interface Extent {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Functions that stand in no other. */
function functionsIn(node: unknown): Extent[] {
  if (Array.isArray(node)) return node.flatMap(functionsIn);
  if (typeof node !== 'object' || node === null) return [];
  if (isFunction(node)) return [node];
  return Object.values(node).flatMap(functionsIn);
}

function isFunction(node: object): node is Extent {
  return 'type' in node && /^(Arrow)?Function(Declaration|Expression)$/.test(String(node.type));
}
