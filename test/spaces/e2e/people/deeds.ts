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
