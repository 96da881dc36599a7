/** A block of a Caddyfile, its lines indented. */
export function block(head: string, lines: readonly string[]): string[] {
  const indented = lines.map((line) => (line === '' ? '' : `\t${line}`));
  return [head === '' ? '{' : `${head} {`, ...indented, '}'];
}
