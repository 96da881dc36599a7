import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';

const secret = 'that-policy-shows-to-membership';
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO0kBYvJ1rNJqvXzQ5V3r0n3kPqvJ5xwqg6o0QVjH1aa';
const nobody = '00000000-0000-4000-8000-000000000000';
let site: Site;

beforeAll(async () => {
  site = await startSite({
    ownServer: true,
    people: ['ann', 'bob'],
    groups: { participants: ['ann'] },
    secret,
  });
});
afterAll(() => site.close());

const ask = (question: string, person: string) =>
  site.ask(`/membership/questions/${question}`, {
    method: 'POST',
    open: true,
    token: secret,
    json: { person },
  });

test('how somebody is written to, as the directory and the person have it', async () => {
  const { id } = await site.person('ann');
  const known = { state: 'known', name: 'Name of ann', enabled: true, mail: ['ann@space.example'] };
  expect((await ask('contact', id)).body).toEqual({ ...known, language: 'nl' });
  const { body } = await site.logIn('ann');
  const chosen = { language: 'en', notices: 'urgent', holiday: { from: '2026-12-24', until: '2027-01-04' } };
  const put = await site.ask('/me/preferences', {
    method: 'PUT',
    token: body.secret,
    json: { ...chosen, sshKeys: [key] },
  });
  expect(put.status).toBe(200);
  const answer = await ask('contact', id);
  expect(answer.body).toEqual({ ...known, ...chosen });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect((await ask('ssh-keys', id)).body).toEqual({ state: 'known', keys: [key] });
});

const named = async (login: string) => {
  const asking = { method: 'POST', open: true, token: secret, json: { login } } as const;
  return (await site.ask('/membership/questions/named', asking)).body;
};

test('who it is that has a login name, in whatever case; a mail address, which people may change themselves, names nobody', async () => {
  const { id } = await site.person('ann');
  expect(await named(' ANN ')).toEqual({ state: 'known', person: id, enabled: true });
  expect(await named('ann@space.example')).toEqual({ state: 'nobody' });
  expect(await named('anna')).toEqual({ state: 'nobody' });
});

test('who is in no complete read is gone, and nobody is while the directory is away', async () => {
  const { id } = await site.person('bob');
  expect((await ask('contact', nobody)).body).toEqual({ state: 'gone' });
  expect((await ask('ssh-keys', nobody)).body).toEqual({ state: 'known', keys: [] });
  await site.slapd?.stop();
  await site.read();
  for (const each of [id, nobody]) {
    expect((await ask('contact', each)).body).toEqual({ state: 'unknown' });
    expect((await ask('ssh-keys', each)).body).toEqual({ state: 'unknown' });
  }
  expect(await named('bob')).toEqual({ state: 'unknown' });
  await site.restart();
  expect((await ask('contact', nobody)).body).toEqual({ state: 'unknown' });
});

test('nothing of it is logged', () => {
  expect(site.logged.join('')).not.toMatch(/Name of|space\.example/);
});
