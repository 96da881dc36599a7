import { userInfo } from 'node:os';
import { Role as RoleSchema } from '@huismeester/contracts';
import type { Role } from '@huismeester/service';
import { type Key, passwordOf, uidOf } from './directory.ts';
import { type PeopleSpace, type Question, secrets } from './space.ts';

/** Somebody who asks, and what they are: what follows for each route is in the table. */
export interface Identity extends Pick<Question, 'headers' | 'locally'> {
  readonly name: string;
  /** Undefined where nobody says who they are. */
  readonly roles?: readonly Role[];
  readonly isPerson?: true;
  /** They logged in. */
  readonly hasSession?: true;
  /** What the directory said of them is too old to count. */
  readonly isStale?: true;
  /** By a page of another origin, or by nobody knows which: what changes something is refused. */
  readonly isForeign?: true;
  /** A browser says so, so that it does not log in either. */
  readonly saysForeign?: true;
  /** What they show is refused on every route that asks for it. */
  readonly refused?: string;
}

/** A person who logged in. */
export interface Login {
  readonly person: string;
  readonly session: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
export const actingFor = (key: Key) => ({ 'act-as': encodeURIComponent(uidOf(key)) });
export const localUser = `local:${userInfo().username}`;

export async function logIn({ ask }: PeopleSpace, key: Key): Promise<Login> {
  const body = { login: uidOf(key), password: passwordOf(key) };
  const { status, json } = await ask('/api/v1/sessions', { method: 'POST', body });
  if (status !== 201) throw new Error(`the login was answered ${status} ${json?.code}`);
  const { person, id, secret } = json;
  return { person, session: id, secret, headers: bearer(secret) };
}

/** A new token; its name says what it is for. */
export async function makeToken(
  { ask }: PeopleSpace,
  body: { name: string; role: Role; person?: string },
  by?: Login,
): Promise<{ id: string; secret: string }> {
  const whose = by ? { headers: by.headers } : { locally: true };
  const { status, json } = await ask('/api/v1/tokens', { ...whose, method: 'POST', body });
  if (status !== 201) throw new Error(`the token was answered ${status} ${json?.code}`);
  return json;
}

/** The logins of those who do something in these tests. */
export type Logins = Readonly<Record<'ann' | 'ben' | 'cor' | 'dia' | 'eva' | 'fil' | 'gus' | 'ivo', Login>>;

export async function logInAll(space: PeopleSpace): Promise<Logins> {
  const all = ['ann', 'ben', 'cor', 'dia', 'eva', 'fil', 'gus', 'ivo'] as const;
  const logins = await Promise.all(all.map(async (key) => [key, await logIn(space, key)] as const));
  return Object.fromEntries(logins) as Logins;
}

/** Everybody who can ask something: with each role as a token, as a person and from this machine, and with what is good no more. */
export async function everyIdentity(space: PeopleSpace, logins: Logins): Promise<readonly Identity[]> {
  return [
    { name: 'nobody' },
    ...(await tokensOfNobody(space)),
    ...sessions(logins),
    ...cookies(logins),
    ...(await tokensOfPeople(space, logins)),
    ...(await goodNoMore(space, logins)),
    { name: 'the local socket', locally: true, roles: ['administrator'] },
    {
      name: 'the local socket for a participant',
      locally: true,
      headers: actingFor('dia'),
      roles: ['administrator'],
      isPerson: true,
    },
    {
      name: 'somebody who acts for another over the network',
      headers: { ...logins.ann.headers, ...actingFor('dia') },
      refused: '403 act-as-not-allowed',
    },
  ];
}

async function tokensOfNobody(space: PeopleSpace): Promise<Identity[]> {
  const roles = RoleSchema.enum;
  const tokens = roles.map(async (role): Promise<Identity> => {
    const { secret } = await makeToken(space, { name: `a ${role}`, role });
    return { name: `a token of role ${role}`, headers: bearer(secret), roles: [role] };
  });
  return [
    ...(await Promise.all(tokens)),
    { name: 'the secret of a service', headers: bearer(secrets.service), roles: ['service'] },
  ];
}

function sessions(logins: Logins): Identity[] {
  const of = (name: string, { headers }: Login, ...roles: Role[]): Identity => ({
    name: `the session of ${name}`,
    headers,
    roles,
    isPerson: true,
    hasSession: true,
  });
  return [
    of('a participant', logins.dia, 'participant'),
    of('somebody on trial', logins.cor, 'participant', 'trial'),
    of('a full team member', logins.ann, 'participant', 'infrateam'),
    of('somebody of the board', logins.ben, 'participant', 'board'),
    of('somebody in the group of the team and not in the register', logins.gus, 'participant'),
    of('a person without any role', logins.eva),
  ];
}

/** The session of a team member as a browser sends it, by pages of several places. */
function cookies({ ann }: Logins): Identity[] {
  const by = (name: string, headers: Record<string, string>, more: Partial<Identity>): Identity => ({
    name: `a cookie of a team member, by ${name}`,
    headers: { cookie: `huismeester=${ann.secret}`, ...headers },
    roles: ['participant', 'infrateam'],
    isPerson: true,
    hasSession: true,
    ...more,
  });
  const foreign = { isForeign: true, saysForeign: true } as const;
  return [
    by('our page', { 'sec-fetch-site': 'same-origin' }, {}),
    by('a page of another port', { 'sec-fetch-site': 'same-site' }, foreign),
    by('a page of another site', { origin: 'https://evil.example' }, foreign),
    by('whoever does not say', {}, { isForeign: true }),
    {
      name: 'a cookie of no session',
      headers: { cookie: `huismeester=hms_abcdefghij_${'x'.repeat(43)}`, 'sec-fetch-site': 'same-origin' },
      refused: '401 session-ended',
    },
  ];
}

async function tokensOfPeople(space: PeopleSpace, { ann, dia }: Logins): Promise<Identity[]> {
  const own = await makeToken(space, { name: 'own', role: 'infrateam' }, ann);
  const more = await makeToken(space, { name: 'more', role: 'board', person: dia.person });
  return [
    { name: 'a token of a team member', headers: bearer(own.secret), roles: ['infrateam'], isPerson: true },
    {
      name: 'a token with a role that its person does not have',
      headers: bearer(more.secret),
      roles: [],
      isPerson: true,
    },
  ];
}

async function goodNoMore(space: PeopleSpace, { ivo }: Logins): Promise<Identity[]> {
  const { ask, execute } = space;
  const [ended, old] = [await logIn(space, 'jet'), await logIn(space, 'jet')];
  const method = 'DELETE';
  await ask('/api/v1/sessions/current', { method, headers: ended.headers });
  const [expired, revoked] = [
    await makeToken(space, { name: 'expired', role: 'administrator' }),
    await makeToken(space, { name: 'revoked', role: 'administrator' }),
  ];
  await ask(`/api/v1/tokens/${revoked.id}`, { method, locally: true });
  // Nobody has used them yet, so that nothing is remembered of them.
  for (const [table, id] of [
    ['session', old.session],
    ['token', expired.id],
  ]) {
    await execute(`update access.${table} set expires = now() - interval '1 second' where id = '${id}'`);
  }
  const shown = {
    'a session that was ended': ended.secret,
    'a session whose time is over': old.secret,
    'the session of somebody who is disabled by now': ivo.secret,
    'a token whose time is over': expired.secret,
    'a token that was revoked': revoked.secret,
    'a token that was never made': `hm_abcdefghij_${'x'.repeat(43)}`,
    garbage: 'garbage',
  };
  return Object.entries(shown).map(([name, secret]) => ({
    name,
    headers: bearer(secret),
    refused: '401 invalid-token',
  }));
}
