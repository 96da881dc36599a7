import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, add, personOf, type Site, startSite } from './site.ts';

let site: Site;
beforeAll(async () => {
  const people = Array.from({ length: 40 }, (_, n) => `p${n}`);
  site = await startSite({ people, groups: { participants: people } });
  for (const uid of ['twin1', 'twin2']) {
    const twin = { ...personOf(uid), mail: 'twins@space.example', userPassword: 'secret-twin' };
    await site.change((client, { dnOf }) => client.add(dnOf(uid), twin));
  }
  await site.read();
});
afterAll(() => site.close());

const post = (json: unknown, from: string): Promise<Answer> =>
  site.ask('/sessions', {
    method: 'POST',
    json,
    open: true,
    headers: { 'x-forwarded-for': from, 'x-forwarded-proto': 'https' },
  });
/** Of an address of its own, so that no test waits for another's wrong logins. */
let addresses = 0;
const address = () => {
  addresses += 1;
  return `10.1.0.${addresses}`;
};
let wrongOnes = 0;

const outcome = ({ status, body: { code, title, detail, errors } }: Answer) => ({
  status,
  code,
  title,
  detail,
  errors,
});
const wrongs: [what: string, login: string, password: string][] = [
  ['an unknown uid', 'nobody', 'secret-p1'],
  ['a wrong password', 'p1', 'wrong'],
  ['the password of another', 'p2', 'secret-p1'],
  ['two entries with one address', 'twins@space.example', 'secret-twin'],
  ['a filter', '*', 'secret-p1'],
  ['more of a filter', 'p1)(uid=*', 'secret-p1'],
  ['a DN', 'uid=p1,ou=people', 'secret-p1'],
  ['a part of a DN', 'p1,ou=people', 'secret-p1'],
  ['a backslash', 'p1\\2a', 'secret-p1'],
];

test.concurrent.each(wrongs)('%s is refused as a wrong password is', async (_, login, password) => {
  wrongOnes += 1;
  const another = `p${10 + wrongOnes}`;
  const refused = await post({ login, password }, address());
  const wrong = await post({ login: another, password: 'wrong' }, address());
  expect(outcome(refused)).toEqual(outcome(wrong));
  expect(outcome(refused)).toMatchObject({ status: 401, code: 'wrong-login' });
});

test.concurrent.each<[string, unknown, string]>([
  ['an empty password', { login: 'p4', password: '' }, 'body.password'],
  ['an empty login', { login: '  ', password: 'x' }, 'body.login'],
  ['a password of 1 MB', { login: 'p4', password: 'x'.repeat(1_048_576) }, 'body.password'],
  ['a login of 10 kB', { login: 'p'.repeat(10_000), password: 'x' }, 'body.login'],
  ['NUL', { login: 'p4\0', password: 'x' }, 'body.login'],
  ['NUL in a password', { login: 'p4', password: 'x\0' }, 'body.password'],
  ['half of a surrogate pair', { login: 'p4\ud800', password: 'x' }, 'body.login'],
  ['no password', { login: 'p4' }, 'body.password'],
  ['a number', { login: 4, password: 'x' }, 'body.login'],
  ['something more', { login: 'p4', password: 'x', role: 'board' }, 'body.role'],
])('%s is refused with its field', async (_, json, field) => {
  const { status, body } = await post(json, address());
  expect(status).toBe(400);
  expect(body.errors.map((each: { field: string }) => each.field)).toContain(field);
  expect(JSON.stringify(body)).not.toContain('xxxxx');
});

test('whatever is refused takes as long as a wrong password', async () => {
  const asked: unknown[] = [
    { login: 'nobody', password: 'wrong' },
    { login: 'p5', password: 'wrong' },
    { login: 'twins@space.example', password: 'secret-twin' },
    { login: 'p5', password: '' },
    { login: 'p5', password: 'x'.repeat(1_048_576) },
    { login: 'p5)(uid=*', password: 'x' },
  ];
  const times = [];
  for (const json of asked) {
    const began = performance.now();
    await post(json, address());
    times.push(performance.now() - began);
  }
  // Each comes with the end of a step of 400 ms; on a busy machine of a later one.
  for (const ms of times) expect(ms).toBeGreaterThanOrEqual(395);
});

test('after three wrong logins of one uid nobody asks the directory any more, whatever the address', async () => {
  const wrong = () => post({ login: 'p6', password: 'wrong' }, address());
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await wrong()).status);
  expect(statuses).toEqual([401, 401, 401, 429]);
  const refused = await post({ login: ' P6 ', password: 'secret-p6' }, address());
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-logins' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
  // Nor under another login of theirs, and whose that is is not said.
  const byMail = await post({ login: 'p6@space.example', password: 'secret-p6' }, address());
  expect(byMail).toMatchObject({ status: 401, body: { code: 'wrong-login' } });
  expect((await post({ login: 'p7', password: 'secret-p7' }, address())).status).toBe(201);
});

test('after twenty wrong logins from one address all from there wait, and no others', async () => {
  const from = address();
  const wrong = Array.from({ length: 24 }, (_, n) => post({ login: `guess${n}`, password: 'wrong' }, from));
  const statuses = (await Promise.all(wrong)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  expect((await post({ login: 'p8', password: 'secret-p8' }, from)).status).toBe(429);
  expect((await post({ login: 'p8', password: 'secret-p8' }, address())).status).toBe(201);
});

test('who came since the last look is let in at once', async () => {
  await site.change(add('new'));
  expect((await post({ login: 'new', password: 'secret-new' }, address())).status).toBe(201);
});
