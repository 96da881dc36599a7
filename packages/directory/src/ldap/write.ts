import type { LdapSettings } from '@huismeester/contracts';
import { Attribute, Change } from 'ldapts';
import { DirectoryError, type GroupEdit } from '../directory.ts';
import type { Connection } from './connection.ts';
import { editsOf, holdersOf, type ValueEdit } from './edit.ts';
import { codes, ResultError } from './failures.ts';
import type { GroupEntry } from './group-entry.ts';
import { groupAt } from './groups.ts';
import { modifyCommand } from './ldif.ts';
import type { Found } from './people.ts';
import { readAll, type WholeRead } from './read.ts';
import { type Limits, withSession } from './session.ts';
import { serverOf } from './socket.ts';

/**
 * Adds somebody to the group of the team or of those on trial, or takes them out: one value, never a replacement of all. Then the
 * directory is read again over another connection. Rejects with a {@link DirectoryError} where it is not as it should be then.
 */
export async function write(
  settings: LdapSettings,
  limits: Limits,
  edit: GroupEdit,
  signal: AbortSignal,
): Promise<void> {
  if (edit.group !== 'team' && edit.group !== 'trial')
    throw new DirectoryError(
      'refused',
      `the group ${edit.group} is never written to: only team and trial are`,
    );
  await withSession(settings, limits, signal, async (connection) => {
    // A connection that lost its login would be refused, or, worse, write as nobody.
    if ((await connection.whoAmI()) === '')
      throw new DirectoryError('refused', 'the server has us as nobody: see directory.ldap.bindDn');
    const whole = await readAll(connection, settings);
    const { group, found } = subjectOf(edit, whole);
    if (!group)
      throw new DirectoryError('failed', `there is no such group: see directory.ldap.groups.${edit.group}`);
    if (!found) throw new DirectoryError('failed', 'the directory has no such person');
    const edits = editsOf(edit.change, group, found, whole.known);
    if (!edits)
      throw new DirectoryError(
        'refused',
        `the group ${edit.group} has uids (memberUid), and the person has none that is theirs alone (directory.ldap.attributes.uid)`,
      );
    for (const each of edits) await make(connection, each);
  });
  await confirm(settings, limits, edit, signal);
}

/** Instructions for a person; undefined where there is no such person or group, or no uid that the group could have. */
export async function instructions(
  settings: LdapSettings,
  limits: Limits,
  edit: GroupEdit,
  signal: AbortSignal,
): Promise<string | undefined> {
  const whole = await withSession(settings, limits, signal, (connection) => readAll(connection, settings));
  const { group, found } = subjectOf(edit, whole);
  if (!group || !found) return undefined;
  // Who is in a group through another one is taken out of that one.
  const holders = edit.change === 'delete' ? holdersOf(group, found, whole.known) : [];
  const groups = holders.length > 0 ? holders : [group];
  const edits = groups.flatMap((each) => editsOf(edit.change, each, found, whole.known) ?? []);
  if (edits.length === 0) return undefined;
  const [url = ''] = settings.urls;
  return modifyCommand(edits, { url: serverOf(url).shown, startTls: settings.startTls });
}

function subjectOf(
  { group: name, person }: GroupEdit,
  { people, roots }: WholeRead,
): { group: GroupEntry | undefined; found: Found | undefined } {
  const entry = roots.get(name);
  return {
    group: groupAt(entry),
    found: people.found.find(({ person: { id } }) => id === person),
  };
}

async function make(connection: Connection, { dn, change, attribute, value }: ValueEdit): Promise<void> {
  const modification = new Attribute({ type: attribute, values: [value] });
  try {
    await connection.modify(dn, new Change({ operation: change, modification }), 'a change of a group');
  } catch (error) {
    const code = error instanceof ResultError ? error.code : undefined;
    // It is so already: somebody else was faster.
    if (change === 'add' && code === codes.attributeOrValueExists) return;
    if (change === 'delete' && code === codes.noSuchAttribute) return;
    if (change === 'delete' && code === codes.objectClassViolation)
      throw new DirectoryError(
        'refused',
        'this kind of group cannot be empty: its last member was not taken out',
      );
    throw error;
  }
}

async function confirm(
  settings: LdapSettings,
  limits: Limits,
  { group, change, person }: GroupEdit,
  signal: AbortSignal,
): Promise<void> {
  const { read } = await withSession(settings, limits, signal, (connection) => readAll(connection, settings));
  const after = read.groups[group];
  if (after.state !== 'known')
    throw new DirectoryError('incomplete', `the group ${group} was written to, and cannot be read back`);
  const path = after.members.get(person);
  if ((path !== undefined) === (change === 'add')) return;
  const still =
    path && path.length > 0 ? `is still in it, through the group ${path.join(' › ')}` : 'is as before';
  throw new DirectoryError('failed', `the group ${group} was written to, and the person ${still}`);
}
