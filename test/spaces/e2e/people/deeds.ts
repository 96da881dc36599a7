import { waitFor } from '@huismeester/testkit';
import { connectAsync } from 'mqtt';
import { expect } from 'vitest';
import {
  hidesPeople,
  isMade,
  isRenamed,
  type Key,
  leaves,
  mailOf,
  passwordOf,
  showsPeople,
  uidOf,
} from './directory.ts';
import { actingFor, type Logins, localUser, makeToken } from './identities.ts';
import type { PeopleSpace, Question } from './space.ts';

/** What people do, right and wrong, that could leave their names somewhere. */
export async function everyDeed(space: PeopleSpace, logins: Logins): Promise<void> {
  await someLogIn(space);
  await othersAreWrong(space);
  await someActForOthers(space, logins);
  await someHaveProjects(space, logins);
  await allAreWrittenTo(space, logins);
  await theDirectoryChanges(space, logins);
}

const post = ({ ask }: PeopleSpace, path: string, body: unknown, by: Question = {}) =>
  ask(`/api/v1${path}`, { method: 'POST', body, ...by });
const tryLogin = (space: PeopleSpace, login: string, password: string) =>
  post(space, '/sessions', { login, password });
const root = { locally: true };

async function someLogIn(space: PeopleSpace): Promise<void> {
  const all = [
    [mailOf('hal'), passwordOf('hal')],
    [uidOf('hal').toUpperCase(), passwordOf('hal')],
    [uidOf('dia'), passwordOf('ann')],
    [mailOf('ben'), passwordOf('ann')],
    // One in the field of the other.
    [passwordOf('cor'), uidOf('cor')],
    // Of somebody who is disabled.
    [uidOf('ivo'), passwordOf('ivo')],
  ] as const;
  const answers = await Promise.all(all.map(([login, password]) => tryLogin(space, login, password)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 401, 401, 401, 401]);
  const taken = { username: uidOf('ann'), password: passwordOf('ann'), protocolVersion: 4 } as const;
  await expect(connectAsync(space.running.mqttUrl ?? '', taken)).rejects.toThrow('Not authorized');
}

async function othersAreWrong(space: PeopleSpace): Promise<void> {
  const [login, password] = [uidOf('ann'), passwordOf('ann')];
  const bodies = [
    `{"login":"${login}","password":"${password}"`,
    `"${password}"`,
    [login, password],
    { login: [login], password: { password } },
    { login: `${login}\0`, password },
    { login: login.repeat(100), password: password.repeat(200) },
    { uid: login, password },
  ];
  const answers = await Promise.all(bodies.map((body) => post(space, '/sessions', body)));
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 400));
  const others = [
    await post(space, '/tokens', { name: 'x', role: 'board', person: login }, root),
    await post(space, '/team', { people: [login], board: mailOf('ben') }, root),
  ];
  expect(others.map(({ status }) => status)).toEqual([400, 400]);
}

async function someActForOthers(space: PeopleSpace, { dia }: Logins): Promise<void> {
  const body = { language: 'en', sshKeys: [`${publicKey} ${uidOf('dia')}@laptop`] };
  const forDia = { locally: true, headers: actingFor('dia') };
  const chosen = await space.ask('/api/v1/me/preferences', { ...forDia, method: 'PUT', body });
  expect(chosen.status).toBe(200);
  const broken = { sshKeys: [`ssh-ed25519 AAAA ${uidOf('dia')}@laptop`] };
  await space.ask('/api/v1/me/preferences', { ...forDia, method: 'PUT', body: broken });
  await space.ask('/api/v1/me', { locally: true, headers: { 'act-as': encodeURIComponent(mailOf('dia')) } });
  await space.ask('/api/v1/me', { headers: actingFor('dia') });
  await makeToken(space, { name: 'of a laptop', role: 'participant' }, dia);
  const path = '/api/v1/membership/events?type=preference.changed';
  const { events } = (await space.ask(path, root)).json;
  expect(events).toMatchObject([{ actor: `${localUser} for person:${dia.person}` }]);
}

/** A project is somebody's, who runs it with others, and asks for its promotion. */
async function someHaveProjects(space: PeopleSpace, { dia, cor, ann }: Logins): Promise<void> {
  const fields = {
    title: '3D-printer queue',
    purpose: 'Everybody sees whose turn it is',
    managers: [cor.person],
  };
  const made = await post(space, '/projects', fields, dia);
  expect(made.status).toBe(201);
  const project = made.json.id;
  const criteria = {
    facilitates: 'every open evening',
    needed: 'by who prints',
    'not-core': 'nothing needs it',
  };
  const asked = await post(
    space,
    '/promotions',
    { project, kind: 'promotion', to: 'space-wide', answers: criteria },
    dia,
  );
  expect(asked.status).toBe(201);
  expect((await post(space, `/promotions/${asked.json.id}/users`, undefined, cor)).status).toBeLessThan(300);
  for (const path of [`/projects/${project}`, `/promotions/${asked.json.id}`]) {
    expect((await space.ask(`/api/v1${path}`, ann)).status).toBe(200);
  }
}

/** Mail goes to everybody, and to some it does not. */
async function allAreWrittenTo(space: PeopleSpace, { ann, ben, cor }: Logins): Promise<void> {
  const ids = await Promise.all(
    [ann, ben, cor].map(async ({ person }) => (await post(space, '/notices/test', { person }, ann)).json.id),
  );
  const states = async () => {
    const answers = ids.map(async (id) => (await space.ask(`/api/v1/notices/${id}`, ann)).json);
    return (await Promise.all(answers)).map(({ state, error }) => `${state} ${error}`);
  };
  const expected = [
    'handed undefined',
    'failed-for-good the mail server answered 550 to the address',
    'queued the mail server answered 451 to the address',
  ];
  await waitFor('what became of them', async () => `${await states()}` === `${expected}`);
}

async function theDirectoryChanges(space: PeopleSpace, { ann }: Logins): Promise<void> {
  const { directory, read, ask } = space;
  const person = async (key: Key) => {
    const { results } = (await ask('/api/v1/people?limit=5', root)).json;
    const { results: others } = (await ask('/api/v1/people?limit=100&offset=5', root)).json;
    return [...results, ...others].find(({ uid }: { uid: string }) => uid === uidOf(key));
  };
  await directory.change(isRenamed('hal'), isMade('hal'), leaves('jet', 'participants'));
  await read();
  expect((await person('hal')).tookUidOf).toBeDefined();
  await directory.change(hidesPeople);
  await read();
  const found = (await ask('/api/v1/directory', root)).json;
  expect(found).toMatchObject({ state: 'unknown', reason: 'base-gone' });
  await ask('/health/ready');
  await tryLogin(space, uidOf('jet'), passwordOf('jet'));
  await directory.change(showsPeople);
  await read();
  const { id } = await person('hal');
  const confirmed = await ask(`/api/v1/people/${id}/confirmation`, { ...ann, method: 'POST' });
  expect(confirmed.status).toBe(204);
}

/** A public key of OpenSSH, of bytes that are all 7. */
const publicKey = `ssh-ed25519 ${Buffer.concat([sshText('ssh-ed25519'), sshText(Buffer.alloc(32, 7))]).toString('base64')}`;

function sshText(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
