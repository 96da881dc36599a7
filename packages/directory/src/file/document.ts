import type { GroupName } from '@huismeester/contracts';
import { normalUid } from '../directory.ts';
import { isHash } from './password.ts';
import { type Path, type Problem, readYaml } from './yaml.ts';

/** A person as the file has it. */
export interface FilePerson {
  readonly id: string;
  readonly uid: string;
  readonly name?: string;
  readonly mail?: string | readonly string[];
  /** `scrypt$…`; without one nobody can log in as this person. */
  readonly password?: string;
  readonly disabled?: boolean;
  readonly sshKeys?: string | readonly string[];
}

export interface FileDocument {
  readonly people: readonly FilePerson[];
  /** uids. */
  readonly groups: Readonly<Partial<Record<GroupName | 'admins', readonly string[]>>>;
}

const groupNames: readonly (GroupName | 'admins')[] = ['participants', 'team', 'trial', 'board', 'admins'];

interface Field {
  readonly fits: (value: unknown) => boolean;
  readonly allowed: string;
  readonly required?: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const oneOrMore = {
  fits: (value: unknown) => isText(value) || isTexts(value),
  allowed: 'a text, or a list of texts',
};

const personFields: Readonly<Record<string, Field>> = {
  id: {
    fits: (value) => isText(value) && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value),
    allowed: 'a UUID, such as uuidgen makes',
    required: true,
  },
  uid: { fits: isText, allowed: 'a text (a number in quotes)', required: true },
  name: { fits: isText, allowed: 'a text' },
  mail: oneOrMore,
  password: {
    fits: (value) => isText(value) && isHash(value),
    allowed: 'a hash: scrypt$N$r$p$salt$hash, of at most 128 MiB',
  },
  disabled: { fits: (value) => typeof value === 'boolean', allowed: 'true or false' },
  sshKeys: oneOrMore,
};

const groupFields: Readonly<Record<string, Field>> = Object.fromEntries(
  groupNames.map((name) => [name, { fits: isTexts, allowed: 'a list of uids' }]),
);

/** The file's text as people and groups. Throws a DirectoryError `bad-file` that says what is wrong, and in which line. */
export function readDocument(text: string, file: string): FileDocument {
  const yaml = readYaml(text, file);
  const problems = [...problemsOf(yaml.value)];
  // What has none fits, which is all that the type says.
  if (problems.length === 0) return yaml.value as FileDocument;
  throw yaml.failure(problems);
}

function* problemsOf(value: unknown): Generator<Problem> {
  // Groups come last, so that a file of which the end is missing has none.
  const fields = {
    people: { fits: Array.isArray, allowed: 'a list of people', required: true },
    groups: { fits: isMapping, allowed: 'a mapping, such as { team: [uid] }', required: true },
  };
  yield* wrongFields(value, fields, []);
  if (!isMapping(value)) return;
  const people: readonly unknown[] = Array.isArray(value.people) ? value.people : [];
  for (const [index, person] of people.entries()) yield* wrongFields(person, personFields, ['people', index]);
  yield* twice(people, 'id', (id) => id.toLowerCase());
  yield* twice(people, 'uid', normalUid);
  if (isMapping(value.groups)) yield* wrongFields(value.groups, groupFields, ['groups']);
}

function* wrongFields(
  value: unknown,
  fields: Readonly<Record<string, Field>>,
  path: Path,
): Generator<Problem> {
  const known = Object.keys(fields).join(', ');
  if (!isMapping(value)) {
    yield { path, found: kindOf(value), allowed: `a mapping with ${known}` };
    return;
  }
  for (const name of Object.keys(value))
    if (!Object.hasOwn(fields, name))
      yield { path: [...path, name], found: 'an unknown key', allowed: known };
  for (const [name, { fits, allowed, required = false }] of Object.entries(fields)) {
    const found = value[name];
    if (found === undefined ? required : !fits(found))
      yield { path: [...path, name], found: kindOf(found), allowed };
  }
}

function* twice(
  people: readonly unknown[],
  name: string,
  normal: (text: string) => string,
): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, person] of people.entries()) {
    const value = isMapping(person) ? person[name] : undefined;
    if (!isText(value)) continue;
    if (seen.has(normal(value)))
      yield {
        path: ['people', index, name],
        found: 'what somebody above has too',
        allowed: 'one of its own',
      };
    seen.add(normal(value));
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? 'another text' : `a ${typeof value}`;
}
