import { RequestParser } from './words.ts';

/**
 * The variables in a NUT recording (`.dev`): lines of `name: value`, with `#` comments, read as dummy-ups reads them
 * (several words are joined by one space). Other lines, such as TIMER, are left out.
 */
export function parseDevFile(text: string): Record<string, string> {
  const vars: Record<string, string> = {};
  for (const [name = '', ...value] of new RequestParser().push(`${text}\n`)) {
    if (name.length > 1 && name.endsWith(':')) vars[name.slice(0, -1)] = value.join(' ');
  }
  return vars;
}
