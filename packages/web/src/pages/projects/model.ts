import type { Project } from '@huismeester/contracts';

/* What the pages about projects know of their answers, without anything on the screen. */

/** Somebody who looks: a person, perhaps of the team. */
export interface Looker {
  readonly person: string | undefined;
  readonly isTeam: boolean;
}

/** Whether somebody runs it: its owner and its managers, and the team. What the server decides is said by its answers. */
export function runs(
  { owner, managers }: Pick<Project, 'owner' | 'managers'>,
  { person, isTeam }: Looker,
): boolean {
  if (isTeam) return true;
  return person !== undefined && (owner === person || managers.includes(person));
}

/** Whether somebody has to do with it: then it stands first. */
export function isOf(
  { owner, managers, people }: Pick<Project, 'owner' | 'managers' | 'people'>,
  person: string | undefined,
): boolean {
  return person !== undefined && (owner === person || managers.includes(person) || people.includes(person));
}

/** One's own first, then those that go on, then by title. */
export function inOrder(projects: readonly Project[], person: string | undefined): readonly Project[] {
  const weight = (each: Project): number => (isOf(each, person) ? 0 : each.state === 'retired' ? 2 : 1);
  return projects.toSorted((a, b) => weight(a) - weight(b) || a.title.localeCompare(b.title));
}

/** What people change of a project here, as it is typed. */
export interface Typed {
  readonly title: string;
  readonly purpose: string;
  readonly wiki: string;
  /** A line each. */
  readonly hardware: string;
  /** Why it is changed. */
  readonly because: string;
}

export function typedOf({ title, purpose = '', wiki = '', hardware }: Project): Typed {
  return { title, purpose, wiki, hardware: hardware.join('\n'), because: '' };
}

/** What is sent of what was typed: the fields that differ from how the project was. */
export function changesOf(before: Typed, typed: Typed): Readonly<Record<string, unknown>> {
  const changed = (Object.keys(before) as (keyof Typed)[]).filter(
    (field) => typed[field].trim() !== before[field].trim(),
  );
  return Object.fromEntries(
    changed.map((field) => [field, field === 'hardware' ? linesOf(typed.hardware) : typed[field].trim()]),
  );
}

/** The lines of a text that have something on them. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
