import { completed, type Draft, isMapping, type Path, SpaceSettings } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import { pathText } from '../schema/describe.ts';
import { type Mismatch, mismatches } from '../schema/mismatch.ts';
import { normalize } from '../schema/normalize.ts';
import { crossChecks } from './cross.ts';
import { readDocument, type SettingsDocument } from './document.ts';
import { SettingsError } from './error.ts';
import { rememberFiles } from './files.ts';
import { type Resolved, resolveValues, type Surroundings } from './resolve.ts';

/**
 * Settings from the text of a space.yaml: variables and files put in, defaults in, checked, and checked against each
 * other. Does nothing outside but `readFile`. Throws a SettingsError with all problems.
 */
export function parseSettings(text: string, around: Surroundings): SpaceSettings {
  const document = readDocument(text);
  if (document.problems.length > 0) throw new SettingsError(around.file, document.problems);
  const resolved = resolveValues(document.value, around);
  const convert = (path: Path) => resolved.origin(path) !== 'written';
  const normalized = normalize(SpaceSettings, resolved.value ?? {}, { convert, nullIsAbsent: true });
  const wrong = mismatches(SpaceSettings, normalized).filter((each) => !isAround(each, resolved.problems));
  const first = [...resolved.problems, ...wrong.map((each) => hidden(each, resolved))];
  // What did not match the schema is out of it, so what is left is of this type.
  const draft = without(normalized, first, []) as Draft<SpaceSettings>;
  const crossed = (isMapping(draft) ? crossChecks(draft) : []).filter(
    (each) => !first.some((other) => same(each.path, other.path)),
  );
  const all = [...first, ...crossed.map((each) => hidden(each, resolved))];
  if (all.length === 0 && Value.Check(SpaceSettings, normalized)) {
    const settings = completed(normalized);
    rememberFiles(settings, resolved.files);
    return settings;
  }
  throw new SettingsError(
    around.file,
    all.map((each) => located(each, document)),
  );
}

/** What could not be put in is missing now, for itself and for a union around it; that is no second problem. */
function isAround({ path }: Mismatch, problems: readonly Mismatch[]): boolean {
  return problems.some((each) => same(path, each.path.slice(0, path.length)));
}

function same(one: Path, other: Path): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function located({ path, found, allowed }: Mismatch, document: SettingsDocument) {
  return { line: document.lineAt(path), path: pathText(path), found, allowed };
}

/** What a file or a variable with a telling name held is not shown, even where it does not belong. */
function hidden(mismatch: Mismatch, { origin }: Resolved): Mismatch {
  return origin(mismatch.path) === 'secret' ? { ...mismatch, found: '(secret)' } : mismatch;
}

function without(value: unknown, wrong: readonly Mismatch[], path: Path): unknown {
  if (wrong.some((each) => same(each.path, path))) return undefined;
  if (Array.isArray(value)) return value.map((each, index) => without(each, wrong, [...path, index]));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, without(each, wrong, [...path, name])]),
  );
}
