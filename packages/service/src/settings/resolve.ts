import { dirname, resolve as resolvePath } from 'node:path';
import { isFilePathSetting, isMapping, type Path } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import type { FromFile } from './files.ts';
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
  /** The values that came from files. */
  readonly files: readonly FromFile[];
  /** Whether the value at this path came from outside: text that may stand for a number, and that may be a secret. */
  readonly origin: (path: Path) => 'written' | 'environment' | 'secret';
}

const variable = /\$\$\{|\$\{([^}]*)\}/g;
const secretName = /pass|secret|token|key|community|cred/i;

/**
 * Long, since all of it shares what it finds. Puts in `${NAME}` from the environment and `{ file: path }`; `$${` stands for `${` itself. Where the schema
 * wants the path of a file, that becomes absolute, and is not replaced by what is in the file.
 */
export function resolveValues(raw: unknown, around: Surroundings): Resolved {
  const problems: Mismatch[] = [];
  const files: FromFile[] = [];
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

  /** What is in the file; undefined where that is a problem, or is not needed. */
  const readAt = (at: string, path: Path, allowed: string): string | undefined => {
    try {
      return around.readFile(absolute(at)).replace(/\r?\n$/, '');
    } catch (error) {
      if (unneeded(path)) return undefined;
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      problems.push({ path, found: `the file ${at}, not readable (${code})`, allowed });
      return undefined;
    }
  };

  const absolute = (at: string) => resolvePath(dirname(around.file), at);

  const fileAt = (name: string, path: Path): string | undefined => {
    const at = text(name, path);
    if (at === undefined) return undefined;
    origins.set(JSON.stringify(path), 'secret');
    const before = problems.length;
    const found = readAt(at, path, 'a file with the value');
    if (found !== undefined) files.push({ path, file: absolute(at) });
    else if (problems.length === before) return placeholderFor(path);
    return found;
  };

  const pathAt = (name: string, path: Path): string | undefined => {
    const at = text(name, path);
    // Empty: the schema says what is wrong with that.
    if (at === undefined || at === '') return at;
    const before = problems.length;
    readAt(at, path, 'the path of a file that can be read, relative to the space.yaml');
    return problems.length > before ? undefined : absolute(at);
  };

  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return isFilePathSetting(path) ? pathAt(value, path) : text(value, path);
    if (Array.isArray(value)) return value.map((each, index) => walk(each, [...path, index]));
    if (!isMapping(value)) return value;
    const { file, ...rest } = value;
    const isAlone = typeof file === 'string' && Object.keys(rest).length === 0;
    if (isAlone && isFilePathSetting(path)) {
      problems.push({ path, found: 'a mapping with file', allowed: 'the path itself, as text' });
      return undefined;
    }
    if (isAlone && !isFilePathSetting([...path, 'file'])) return fileAt(file, path);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, [...path, key])]));
  };

  const value = walk(raw, []);
  return { value, problems, files, origin: (path) => origins.get(JSON.stringify(path)) ?? 'written' };
}

function notSet(whole: string, path: Path): Mismatch {
  return { path, found: `${whole}, not set`, allowed: 'the name of a variable that is in the environment' };
}
