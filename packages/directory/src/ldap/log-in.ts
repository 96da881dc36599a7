import type { LdapSettings } from '@huismeester/contracts';
import { EqualityFilter, OrFilter } from 'ldapts';
import type { DirectoryPerson } from '../directory.ts';
import { isUsable } from '../usable.ts';
import { ResultError } from './failures.ts';
import { attributesOfPerson, type Found, foundOf, peopleFilter } from './people.ts';
import { type Access, type Limits, withConnection, withSession } from './session.ts';

/**
 * What a server says of a login that is wrong, or of an account that is locked: constraint violation (ppolicy), no such object,
 * inappropriate authentication (no password there), invalid credentials, insufficient rights, unwilling to perform.
 */
const refusals = new Set([19, 32, 48, 49, 50, 53]);

/** The person whose uid or mail address this is, if the password is theirs. */
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
  return isTheirs && found?.person.enabled ? found.person : undefined;
}

async function find(
  settings: LdapSettings,
  limits: Limits,
  login: string,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const { uid, mail } = settings.attributes;
  const either = [uid, mail].map((attribute) => new EqualityFilter({ attribute, value: login }));
  const entries = await withSession(settings, limits, signal, (connection) =>
    connection.search(
      {
        base: settings.base,
        scope: 'sub',
        filter: peopleFilter(settings, new OrFilter({ filters: either })),
        attributes: attributesOfPerson(settings),
        what: 'the search of somebody who logs in',
      },
      (entry) => entry,
    ),
  );
  const [entry, another] = entries;
  if (!entry || another) return undefined;
  const found = foundOf(entry, settings);
  return found.uids.length > 0 ? found : undefined;
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
