import { skipWithout, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workAtTheCommandLine } from './e2e/people/command-line.ts';
import { everyDeed } from './e2e/people/deeds.ts';
import { hidesPeople, isDisabled, joins, leaves, showsPeople, uidOf } from './e2e/people/directory.ts';
import {
  bearer,
  everyIdentity,
  type Identity,
  type Logins,
  logIn,
  logInAll,
} from './e2e/people/identities.ts';
import { routesMadeDuring } from './e2e/people/known-routes.ts';
import { dumpOf, needles, needlesOf, saidIn } from './e2e/people/search.ts';
import {
  type Exchange,
  type PeopleSpace,
  type Question,
  secrets,
  startPeopleSpace,
} from './e2e/people/space.ts';
import { walk } from './e2e/people/walk.ts';
import { whoMay } from './e2e/people/who-may.ts';

describe.skipIf(skipWithout('slapd', 'postgres'))('a space with people', () => {
  let space: PeopleSpace;
  let routes: ReadonlySet<string>;
  let logins: Logins;
  let identities: readonly Identity[];
  let mqtt: MqttClient;
  const heard: string[] = [];

  beforeAll(async () => {
    [space, routes] = await routesMadeDuring(startPeopleSpace);
    mqtt = await connectAsync(space.running.mqttUrl ?? '', { protocolVersion: 4 });
    mqtt.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
    await mqtt.subscribeAsync('space/v1/#', { qos: 1 });
    logins = await logInAll(space);
    await space.directory.change(joins('gus', 'team'), isDisabled('ivo'));
    await space.read();
    identities = await everyIdentity(space, logins);
    await waitFor('the violation about gus', async () => (await violations()).length === 1);
  });
  afterAll(async () => {
    await mqtt?.endAsync(true);
    await space?.close();
  });

  const ask = (path: string, question?: Question) => space.ask(`/api/v1${path}`, question);
  const asRoot = (path: string, question?: Question) => ask(path, { locally: true, ...question });
  const violations = async (by: Question = { locally: true }) =>
    (await ask('/violations?clause=TEAM-1', by)).json.results;
  /** What a walk must not change. */
  const state = async () => {
    const paths = ['/people', '/team', '/rules', '/holds', '/violations', '/membership/snapshot'];
    const found = await Promise.all(paths.map(async (path) => (await asRoot(path)).json));
    const { results } = (await asRoot('/tokens')).json;
    return [...found, results.map(({ lastUsed: _, ...token }: Record<string, unknown>) => token)];
  };

  describe('every route', () => {
    it('is in the table, and nothing else is', () => {
      expect([...routes].filter((route) => !Object.hasOwn(whoMay, route))).toEqual([]);
      expect(Object.keys(whoMay).filter((route) => !routes.has(route))).toEqual([]);
    });

    it('lets in those who may, and nobody else', async () => {
      const before = await state();
      expect(await walk(space, routes, identities)).toEqual([]);
      expect(await state()).toEqual(before);
    });

    it('lets nobody in by a role that the directory gave more than 12 h ago', async () => {
      const of = (more: object): Identity => ({
        name: 'ann',
        headers: logins.ann.headers,
        isPerson: true,
        hasSession: true,
        ...more,
      });
      // No look in the meantime makes them new again.
      await space.directory.change(hidesPeople);
      await space.read();
      await space.execute(`update access.directory set read_at = now() - interval '13 hours'`);
      const roles = async () => (await ask('/me', logins.ann)).json.roles;
      await waitFor('her roles hold no more', async () => (await roles()).length === 0);
      const outcomes = await walk(space, routes, [of({ roles: [], isStale: true })]);
      await space.directory.change(showsPeople);
      await space.read();
      expect(outcomes).toEqual([]);
      expect(await roles()).toEqual(['participant', 'infrateam']);
    });
  });

  describe('what is about people', () => {
    const about = async (by: Question) => (await violations(by)).map((each: { about: string }) => each.about);

    it('is a violation that the team, the board and that person see, and others count', async () => {
      const [violation] = await violations();
      expect(violation).toMatchObject({ kind: 'team-differs', about: `person/${logins.gus.person}` });
      const { ann, cor, ben, gus, dia, eva } = logins;
      for (const by of [ann, cor, ben, gus]) expect(await about(by)).toEqual([violation.about]);
      expect(await about(dia)).toEqual([]);
      expect((await ask('/violations', eva)).status).toBe(403);
      const one = (by: Question, id: string) => ask(`/violations/${id}`, by);
      expect((await one(gus, violation.violation)).json).toEqual(violation);
      const [hidden, none] = [await one(dia, violation.violation), await one(dia, 'none')];
      expect(plain(hidden, violation.violation)).toEqual(plain(none, 'none'));
      expect(hidden.status).toBe(404);
      const { json: counts } = await ask('/violations/counts?clause=TEAM-1', dia);
      expect(counts.results).toMatchObject([{ kind: 'team-differs', open: 1 }]);
      const clause = (by: Question) => ask('/clauses/TEAM-1', by);
      expect((await clause(dia)).json).toMatchObject({ status: 'violated', violations: [] });
      expect((await clause(ann)).json.violations).toEqual([violation.violation]);
    });

    it('is in the list of the team for those who may see people, and for participants who the team is', async () => {
      const team = async (by: Question) =>
        (await ask('/team?order=person', by)).json.results.map(({ uid, register, until, differs }: Seen) => [
          uid,
          register,
          until !== undefined,
          differs,
        ]);
      const everything = [
        [uidOf('ann'), 'full', false, false],
        [uidOf('cor'), 'trial', true, false],
        [uidOf('fil'), 'full', false, false],
        [uidOf('gus'), undefined, false, true],
      ];
      for (const by of [logins.ann, logins.cor, logins.ben])
        expect((await team(by)).toSorted()).toEqual(everything);
      expect((await team(logins.dia)).toSorted()).toEqual([
        [uidOf('ann'), 'full', false, false],
        [uidOf('cor'), 'trial', false, false],
        [uidOf('fil'), 'full', false, false],
      ]);
    });

    it('is given whole to oneself, and is of nobody else', async () => {
      const { json, headers } = await ask('/me/export', logins.dia);
      expect(headers['cache-control']).toBe('no-store');
      expect(json).toMatchObject({ directory: { uid: uidOf('dia') }, person: { id: logins.dia.person } });
      const others = Object.values(logins).filter(({ person }) => person !== logins.dia.person);
      expect(needles(others.map(({ person }) => person)).in(JSON.stringify(json))).toEqual([]);
    });

    it('is no dead letter that the team reads or replays', async () => {
      await space.execute(
        `alter table policy.person add constraint broken check (key <> '${logins.eva.person}') not valid`,
      );
      await space.directory.change(joins('eva', 'participants'));
      await space.read();
      const letters = async (by: Question) => (await ask('/policy/dead-letters', by)).json.results;
      const [letter] = await waitFor('the event is parked', async () => {
        const found = await letters({ locally: true });
        return found.length > 0 && found;
      });
      expect(letter).toMatchObject({ source: 'membership', subject: `person/${logins.eva.person}` });
      expect(await letters(logins.ann)).toEqual([]);
      expect(await letters({ headers: bearer(secrets.service) })).toEqual([letter]);
      const replay = (by: Question) =>
        ask(`/policy/dead-letters/${letter.id}/replay`, { method: 'POST', ...by });
      expect((await replay(logins.ann)).status).toBe(404);
      await space.execute('alter table policy.person drop constraint broken');
      expect((await replay({ locally: true })).status).toBe(200);
    });
  });

  it('somebody works as a team member until the directory says otherwise, and not a read longer', async () => {
    const fil = await logIn(space, 'fil');
    expect((await ask('/me', fil)).json).toMatchObject({
      uid: uidOf('fil'),
      roles: ['participant', 'infrateam'],
      session: { id: fil.session, current: true },
    });
    const body = { target: 'probe/directory', for: '1h', because: 'a new disk' };
    const hold = await ask('/holds', { ...fil, method: 'POST', body });
    expect([hold.status, hold.headers.location]).toEqual([201, `/api/v1/holds/${hold.json.id}`]);
    const { events } = (await ask('/policy/events?type=hold.placed', { locally: true })).json;
    expect(events).toMatchObject([{ actor: `person:${fil.person}` }]);
    const arm = (mode: string, by: Question) =>
      ask('/rules/power/SPACE-3', { ...by, method: 'PUT', body: { mode } });
    expect((await arm('enforce', fil)).status).toBe(200);
    await space.directory.change(leaves('fil', 'team'));
    await space.read();
    const refused = await arm('dry-run', fil);
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
    expect((await ask('/me', fil)).json).toMatchObject({ register: 'full', roles: ['participant'] });
    await waitFor('both are violations', async () => (await violations()).length === 2);
  });

  it.each(['GET', 'HEAD'])(
    '%s of the page behind a renewal link is for anybody, and is kept, framed and sent on by nobody',
    async (method) => {
      const { status, headers } = await ask('/renewals', { method });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
    },
  );

  it('somebody works at the command line with projects, requests and mails, and reads what is not theirs to do', async () => {
    expect(await workAtTheCommandLine(space, logins)).toEqual([]);
  });

  describe('of people nothing is kept or said by name', () => {
    beforeAll(() => everyDeed(space, logins));

    const secret = () => {
      const shown = space.exchanges.flatMap(({ json }) =>
        typeof json?.secret === 'string' ? [json.secret] : [],
      );
      expect(shown.length).toBeGreaterThan(20);
      // The part that is to be guessed, too: the id before it is none.
      return [...Object.values(secrets), ...shown, ...shown.map((each) => each.slice(-43))];
    };

    it('in its database', async () => {
      const dump = await dumpOf(space.databaseUrl);
      for (const part of [
        'person.changed',
        'preference.changed',
        'violation.opened',
        'project.begun',
        'promotion.joined',
        'notice.failed',
        `person:${logins.fil.person}`,
      ])
        expect(dump).toContain(part);
      expect(needlesOf(secret()).in(dump)).toEqual([]);
    });

    it('in its log', () => {
      expect(space.logged()).toContain('the directory could not be read whole');
      expect(needlesOf(secret()).in(space.logged())).toEqual([]);
    });

    it('over MQTT, where not even their ids are', async () => {
      await waitFor('the newest summary', async () => {
        const { results } = (await asRoot('/violations/counts')).json;
        const open = results.reduce((sum: number, each: { open: number }) => sum + each.open, 0);
        return heard.some((each) => each.includes(`"open_violations":${open},`));
      });
      const all = heard.join('\n');
      expect(needlesOf(secret()).in(all)).toEqual([]);
      expect(needles(Object.values(logins).map(({ person }) => person)).in(all)).toEqual([]);
    });

    it('in answers, refusals and addresses, but where people are shown', () => {
      const said = saidIn(space.exchanges);
      expect(needlesOf(secret()).in(said.refusals)).toEqual([]);
      expect(needlesOf(secret()).in(said.bodies)).toEqual([]);
      expect(needlesOf(secret()).in(said.urls)).toEqual([]);
    });

    it('in a parameter of any route', async () => {
      const { json } = await space.ask('/openapi.json');
      const asked = Object.entries<Record<string, { parameters?: { name: string; in: string }[] }>>(
        json.paths,
      ).flatMap(([path, methods]) =>
        Object.values(methods).flatMap(({ parameters = [] }) =>
          parameters.filter(({ in: where }) => where !== 'header').map(({ name }) => `${path} ${name}`),
        ),
      );
      expect(asked.filter((each) => / (?:uid|mail|login|password|secret)$/.test(each))).toEqual([]);
      expect(asked).toContain('/api/v1/people/{id} id');
    });
  });
});

interface Seen {
  readonly uid?: string;
  readonly register?: string;
  readonly until?: string;
  readonly differs?: boolean;
}

/** An answer without what differs for each question. */
function plain({ status, json: { instance: _, ...json } }: Exchange, asked: string) {
  return { status, text: JSON.stringify(json).replaceAll(asked, '…') };
}
