import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTeamSpace, type TeamSpace } from './e2e/team/team-space.ts';

/*
 * A year of a team, in the order in which it happens: a team of five at the first read of the directory, three admissions, a board member who leaves,
 * a suspension. It is one story: each test goes on where the one before it ended.
 */

const five = ['mira', 'ann', 'bob', 'cor', 'dia'];
let space: TeamSpace;
beforeAll(async () => {
  space = await startTeamSpace([...five, 'eva', 'fil', 'gus', 'hans'], {
    team: five,
    trial: [],
    board: ['mira', 'hans'],
  });
}, 60_000);
afterAll(() => space.close());

const apply = async (uid: string): Promise<string> => (await space.act(uid, 'POST', '/applications')).id;
const state = async (application: string) => (await space.ask(`/applications/${application}`)).json.state;
const vote = (uid: string, application: string, how: object) =>
  space.act(uid, 'PUT', `/applications/${application}/vote`, how);
const team = (uid: string) => `/team/${space.idOf(uid)}`;
const register = async (uid: string) => (await space.ask(team(uid))).json?.register;

const eventually = { timeout: 20_000, interval: 50 };
const violations = (...expected: string[]) =>
  expect.poll(() => space.violations(), eventually).toEqual(expected);
const clauses = (expected: Record<string, string>) =>
  expect.poll(() => space.clauses(Object.keys(expected)), eventually).toEqual(expected);
/** These mails come, and no others with them. */
async function mails(...expected: string[]): Promise<void> {
  const found: string[] = [];
  const sorted = (all: readonly string[]) => all.toSorted((one, other) => one.localeCompare(other));
  await expect
    .poll(async () => {
      found.push(...(await space.mails()));
      return sorted(found);
    }, eventually)
    .toEqual(sorted(expected));
}

test('the first read takes the team as the directory has it, without votes', async () => {
  await clauses({
    'TEAM-1': 'kept',
    'BOARD-1': 'kept',
    'JOIN-1': 'kept',
    'JOIN-2': 'kept',
    'JOIN-3': 'kept',
  });
  await violations();
});

test('January: three of five say yes to eva, and the board member in the team vetoes it', async () => {
  const application = await apply('eva');
  await vote('ann', application, { vote: 'yes' });
  await vote('bob', application, { vote: 'yes' });
  expect(await state(application)).toBe('open');
  await vote('cor', application, { vote: 'yes', because: 'zqgeheim of cor', decides: 'approved' });
  expect(await state(application)).toBe('awaiting-board');
  await mails('mira: Het team wil eva erbij: jij kunt een veto geven');
  await space.act('mira', 'POST', `/applications/${application}/veto`, { because: 'zqgeheim of the board' });
  expect(await state(application)).toBe('vetoed');
  await space.noticed('application-vetoed', `application/${application}`);
  await space.pass(1);
  await mails('eva: Je aanvraag voor het infrateam gaat niet door');
  expect(await register('eva')).toBeUndefined();
});

test('March: one of five says yes to fil; the others are reminded, once, and it lapses', async () => {
  const application = await apply('fil');
  await vote('ann', application, { vote: 'yes' });
  await space.noticed('application-opened', `application/${application}`, 4);
  await space.pass(1);
  await mails(...['bob', 'cor', 'dia', 'mira'].map((uid) => `${uid}: Stemmen: fil wil bij het infrateam`));
  await space.pass(10.5);
  await space.noticed('vote-reminder', `application/${application}`, 4);
  await space.pass(1);
  await mails(...['bob', 'cor', 'dia', 'mira'].map((uid) => `${uid}: Je hebt nog niet gestemd over fil`));
  await space.pass(3);
  await expect.poll(() => state(application), eventually).toBe('lapsed');
  await space.noticed('application-lapsed', `application/${application}`);
  await space.pass(1);
  await mails('fil: Je aanvraag voor het infrateam is verlopen');
  await violations();
});

test('May: gus joins on trial; at its end nobody decides, which is said each week, and then they do', async () => {
  const application = await apply('gus');
  await vote('ann', application, { vote: 'yes' });
  await vote('bob', application, { vote: 'yes' });
  await vote('mira', application, { vote: 'yes', decides: 'approved' });
  // Each board member in the team said yes: there is nothing to wait for.
  expect(await state(application)).toBe('carried-out');
  expect(await register('gus')).toBe('trial');
  await violations('team-differs person/gus');
  await space.change('trial', ['gus']);
  await violations();
  await space.noticed('application-joined', `application/${application}`);
  await space.pass(1);
  await mails('gus: Je zit nu in het infrateam');
  await space.pass(60);
  await violations('trial-undecided person/gus');
  // A row each of the team, and one for all of it.
  await space.noticed('violation:trial-undecided', `person/${space.idOf('gus')}`, 7);
  await clauses({ 'JOIN-1': 'kept', 'JOIN-2': 'kept', 'JOIN-3': 'violated' });
  await space.pass(1);
  const undecided = [...five, 'gus'].map((uid) => `${uid}: gus vraagt aandacht`);
  await mails(...undecided, 'gus: Je proefperiode bij het infrateam is voorbij');
  await space.pass(7);
  await space.noticed('violation:trial-undecided', `person/${space.idOf('gus')}`, 7);
  // What is said again goes with the next digest.
  await space.pass(1);
  await mails(...undecided);
  expect(await register('gus')).toBe('trial');
  await space.act('ann', 'POST', `${team('gus')}/proposal`, { act: 'confirm' });
  await space.noticed('proposal-asked', `person/${space.idOf('gus')}`, 4);
  await space.pass(1);
  const others = five.filter((uid) => uid !== 'ann');
  await mails(...others.map((uid) => `${uid}: Bevestigen: er is een voorstel over gus`));
  await space.act('bob', 'POST', `${team('gus')}/proposal/confirmation`);
  expect(await register('gus')).toBe('full');
  await space.change('trial', []);
  await space.change('team', [...five, 'gus']);
  await violations();
  await space.noticed('member-confirmed', `person/${space.idOf('gus')}`);
  await space.pass(1);
  await mails('gus: Je bent nu volledig lid van het infrateam');
});

test('August: the only board member leaves, which is said first; hans of the board comes in her place', async () => {
  const leaving = `${team('mira')}/leaving`;
  const first = await space.ask(leaving, { as: 'mira', method: 'POST' });
  expect(first.json).toMatchObject({ status: 409, code: 'ends-board', clause: 'BOARD-1' });
  expect(await register('mira')).toBe('full');
  await space.act('mira', 'POST', leaving, { confirm: 'mira' });
  await violations('board-missing team/main', 'team-differs person/mira');
  await clauses({ 'BOARD-1': 'violated' });
  await space.change('team', ['ann', 'bob', 'cor', 'dia', 'gus']);
  await violations('board-missing team/main');
  await space.noticed('violation:board-missing', 'team/main');
  await space.pass(1);
  await mails(
    'mira: Je zit niet meer in het infrateam',
    ...['ann', 'bob', 'cor', 'dia', 'gus'].map((uid) => `${uid}: Het team vraagt aandacht`),
  );
  const application = await apply('hans');
  await vote('ann', application, { vote: 'yes' });
  await vote('bob', application, { vote: 'yes' });
  await vote('cor', application, { vote: 'yes', decides: 'approved' });
  // Nobody is left to veto it, and whoever joins is of the board: that restores BOARD-1.
  expect(await state(application)).toBe('carried-out');
  await space.change('trial', ['hans']);
  await violations();
  await clauses({ 'BOARD-1': 'kept', 'TEAM-1': 'kept' });
  await space.noticed('application-joined', `application/${application}`);
  await space.pass(1);
  await mails('hans: Je zit nu in het infrateam');
});

test('October: a board member suspends cor for two weeks, after which all is as before', async () => {
  await space.act('hans', 'POST', `${team('cor')}/proposal`, { act: 'suspend', because: 'zqgeheim of hans' });
  expect(await register('cor')).toBe('suspended');
  await mails('cor: Je bent geschorst als lid van het infrateam');
  await violations('team-differs person/cor');
  await space.change('team', ['ann', 'bob', 'dia', 'gus']);
  await violations();
  await space.pass(13);
  expect(await register('cor')).toBe('suspended');
  await space.pass(2);
  await expect.poll(() => register('cor'), eventually).toBe('full');
  await space.change('team', ['ann', 'bob', 'cor', 'dia', 'gus']);
  await violations();
  await space.noticed('member-reinstated', `person/${space.idOf('cor')}`);
  await space.pass(1);
  await mails('cor: Je schorsing is voorbij');
});

test('what somebody voted, and why, is in no mail', () => {
  expect(space.allMail()).not.toMatch(/zqgeheim/);
});
