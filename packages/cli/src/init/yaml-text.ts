import { printable } from '../printable.ts';

/** A text as a value of YAML and of our settings: nothing in it is a number, the end of a line, or a variable. */
export function yamlText(text: string): string {
  return yamlKey(text.replaceAll('${', () => '$${'));
}

/** A text as a key of YAML; in keys there are no variables. */
export function yamlKey(text: string): string {
  const plain = /^[A-Za-z][\w@.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|[yn])$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** A text of others as part of a comment. */
export function commentText(text: string): string {
  return printable(text).slice(0, 120);
}

export function indented(by: number, lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));
}

export function commentedOut(lines: readonly string[]): string[] {
  return lines.map((line) => `# ${line}`.trimEnd());
}
