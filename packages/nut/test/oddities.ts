import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDevFile } from '@huismeester/simulators';

export interface Recording {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly vars: Record<string, string>;
}

/** All recordings of a folder. */
export async function readRecordings(dir: string): Promise<Recording[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.dev'));
  return await Promise.all(
    names.map(async (name) => {
      const file = join(dir, name);
      const text = await readFile(file, 'utf8');
      return { name: name.slice(0, -'.dev'.length), file, text, vars: parseDevFile(text) };
    }),
  );
}

const numbers = ['battery.charge', 'battery.runtime', 'ups.load', 'input.voltage', 'output.voltage'] as const;

/** What makes a recording unlike the next one: its status, and in which shape it has what a caretaker needs to know. */
export function oddities(recording: Recording): string[] {
  const { text } = recording;
  const vars: Readonly<Record<string, string | undefined>> = recording.vars;
  const status = vars['ups.status'];
  const flags = status
    ?.split(' ')
    .toSorted((one, other) => one.localeCompare(other))
    .join(' ');
  return [
    `status: ${status === undefined ? 'none' : flags || 'empty'}`,
    ...numbers.map((name) => `${name}: ${shapeOf(vars[name])}`),
    ...['ups.mfr', 'ups.model', 'ups.serial'].map((name) => `${name}: ${presence(vars[name])}`),
    ...(/in progress/i.test(vars['ups.test.result'] ?? '') ? ['a test in progress'] : []),
    ...(vars['ups.alarm'] === undefined ? [] : ['an alarm']),
    ...(Number(vars['battery.temperature']) < -200 ? ['an impossible temperature'] : []),
    ...(/^\S+: .*\S\s*#/m.test(text) ? ['a comment behind a value'] : []),
    ...(/^\S+: .*'/m.test(text) ? ['quotes in a value'] : []),
    ...(/^\S+: {2,}\S/m.test(text) ? ['spaces before a value'] : []),
    ...(/^\S+: \S.* $/m.test(text) ? ['a space behind a value'] : []),
    ...(/^\S+: -\d/m.test(text) ? ['a number below nothing'] : []),
  ];
}

function shapeOf(value: string | undefined): string {
  if (value === undefined) return 'none';
  const number = Number(value);
  if (number === -1) return 'minus one';
  if (number === 65_535) return 'an overflow';
  if (number === 0) return 'zero';
  if (/^0\d/.test(value)) return 'filled up with zeros';
  if (number === 1) return 'one';
  if (number > 1000 && value.includes('.')) return 'decimals and too much to be true';
  return value.includes('.') ? 'decimals' : 'whole';
}

function presence(value: string | undefined): string {
  if (value === undefined) return 'none';
  return value === '' ? 'blank' : 'there';
}
