import type { LdapSettings } from '@huismeester/contracts';
import { EqualityFilter } from 'ldapts';
import { type DirectoryPerson, normalUid } from '../directory.ts';
import { isUsable } from '../usable.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { ResultError } from './failures.ts';
import { attributesOfPerson, type Found, foundOf, peopleFilter } from './people.ts';
import { type Access, type Limits, withConnection, withSession } from './session.ts';

/**
 * What a server says of a login that is wrong, or of an account that is locked: constraint violation (ppolicy), no such object,
 * inappropriate authentication (no password there), invalid credentials, insufficient rights, unwilling to perform.
 */
const refusals = new Set([19, 32, 48, 49, 50, 53]);

/** The person whose uid this is, or else whose mail address, if the password is theirs. */
export async function logIn(
  settings: LdapSettings,
  limits: Limits,
  { login, password }: { login: string; password: string },
  signal: AbortSignal,
): Promise<DirectoryPerson | undefined> {
  const name = login.trim();
  if (!isUsable(name) || !isUsable(password)) return undefined;
  const found = await find(settings, limits, name, signal);
  // The server is asked for nobody's password, too: how long it takes does not say whether there is such an account.
  const dn = found?.person.enabled ? found.dn : settings.base;
  const isTheirs = await binds(settings, limits, { dn, password }, signal);
  return isTheirs && found?.person.enabled ? { ...found.person, logins: [normalUid(name)] } : undefined;
}

/**
 * The one entry of that login. Both searches are made at once, so that it takes the same time for either; a mail address counts only where
 * nobody has it as uid. Servers fold more letters than we do (slapd has i for İ): another login than ours would count its failures anew.
 */
async function find(
  settings: LdapSettings,
  limits: Limits,
  login: string,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const { uid, mail } = settings.attributes;
  const [byUid, byMail] = await withSession(settings, limits, signal, (connection) =>
    Promise.all([having(connection, settings, uid, login), having(connection, settings, mail, login)]),
  );
  const [entry, another] = byUid.length > 0 ? byUid : byMail;
  if (!entry || another) return undefined;
  const found = foundOf(entry, settings);
  const names = byUid.length > 0 ? found.uids : found.mails;
  return found.uids.length > 0 && names.includes(normalUid(login)) ? found : undefined;
}

async function having(
  connection: Connection,
  settings: LdapSettings,
  attribute: string,
  value: string,
): Promise<Entry[]> {
  const search = {
    base: settings.base,
    scope: 'sub' as const,
    filter: peopleFilter(settings, new EqualityFilter({ attribute, value })),
    attributes: attributesOfPerson(settings),
    what: 'the search of somebody who logs in',
  };
  return await connection.search(search, (entry) => entry);
}

async function binds(
  access: Access,
  limits: Limits,
  { dn, password }: { dn: string; password: string },
  signal: AbortSignal,
): Promise<boolean> {
  return await withConnection(access, limits, signal, async (connection) => {
    try {
      await connection.bind(dn, password, 'a login');
      return true;
    } catch (error) {
      if (error instanceof ResultError && refusals.has(error.code)) return false;
      throw error;
    }
  });
}
