import { dirname, resolve as resolvePath } from 'node:path';
import { isMapping, type Path } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import { placeholderFor, type Unneeded } from './unread.ts';

export interface Surroundings {
  /** The path of the space.yaml; `{ file: … }` is relative to its directory. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  /** What may be missing; none if left out. */
  readonly unneeded?: Unneeded;
}

export interface Resolved {
  readonly value: unknown;
  readonly problems: Mismatch[];
  /** Whether the value at this path came from outside: text that may stand for a number, and that may be a secret. */
  readonly origin: (path: Path) => 'written' | 'environment' | 'secret';
}

const variable = /\$\$\{|\$\{([^}]*)\}/g;
const secretName = /pass|secret|token|key|community|cred/i;

/** Puts in `${NAME}` from the environment and `{ file: path }`; `$${` stands for `${` itself. */
export function resolveValues(raw: unknown, around: Surroundings): Resolved {
  const problems: Mismatch[] = [];
  const origins = new Map<string, 'environment' | 'secret'>();

  const unneeded = around.unneeded ?? (() => false);

  const text = (value: string, path: Path): string | undefined => {
    const before = problems.length;
    const result = value.replace(variable, (whole, name?: string) => {
      if (name === undefined) return '${';
      origins.set(JSON.stringify(path), secretName.test(name) ? 'secret' : 'environment');
      const found = /^\w+$/.test(name) ? around.env[name] : undefined;
      if (found === undefined) problems.push(notSet(whole, path));
      return found ?? '';
    });
    if (problems.length === before) return result;
    return unneeded(path) ? instead(path, before) : undefined;
  };

  const instead = (path: Path, before: number): string => {
    problems.length = before;
    return placeholderFor(path);
  };

  const fileAt = (name: string, path: Path): string | undefined => {
    const at = text(name, path);
    if (at === undefined) return undefined;
    origins.set(JSON.stringify(path), 'secret');
    try {
      return around.readFile(resolvePath(dirname(around.file), at)).replace(/\r?\n$/, '');
    } catch (error) {
      if (unneeded(path)) return placeholderFor(path);
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      problems.push({
        path,
        found: `the file ${at}, not readable (${code})`,
        allowed: 'a file with the value',
      });
      return undefined;
    }
  };

  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) return value.map((each, index) => walk(each, [...path, index]));
    if (!isMapping(value)) return value;
    const { file, ...rest } = value;
    if (typeof file === 'string' && Object.keys(rest).length === 0) return fileAt(file, path);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, [...path, key])]));
  };

  const value = walk(raw, []);
  return { value, problems, origin: (path) => origins.get(JSON.stringify(path)) ?? 'written' };
}

function notSet(whole: string, path: Path): Mismatch {
  return { path, found: `${whole}, not set`, allowed: 'the name of a variable that is in the environment' };
}
