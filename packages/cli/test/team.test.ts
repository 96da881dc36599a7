import { describe, expect, it } from 'vitest';
import { answering, list, problem } from './answering.ts';

const at = '2026-11-22T12:00:00.000Z';
const later = '2026-12-06T12:00:00.000Z';
const lisa = 'edb9ec84-abcb-444d-8171-1bb35d2c4cbe';
const mira = '5e8d2f7f-d399-472d-8c1e-a54f1be4f93b';
const saar = 'f77976f4-63e6-46c4-8729-e38c5db69383';
const application = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4e';
const before = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d';
const grantId = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c51';
const person = (id: string, uid: string) => ({ id, uid, enabled: true, roles: [], groups: [], since: at });
const open = {
  id: application,
  person: lisa,
  state: 'open',
  since: at,
  ends: later,
  trial_days: 60,
  electorate: 3,
  voted: [saar],
  would: { yes: 'approved' },
};
const account = {
  id: 'pve-3f2a9c01d4e5',
  source: 'pve',
  name: 'oud@ldap',
  kind: 'user',
  whose: 'nobody',
  state: 'admin',
  since: at,
  rights: [{ on: '/vms', privileges: ['VM.Allocate'], by: ['user: Administrator on /'] }],
  commands: ['pveum acl delete / --users oud@ldap --roles Administrator'],
};
const accessList = {
  id: 'router',
  title: 'Admin login of the router',
  kind: 'secret',
  core: true,
  people: [mira],
  since: at,
  due: later,
};
const departure = {
  person: mira,
  endsBoard: false,
  fullMembersLeft: 2,
  core: [],
  holds: [],
  applications: [],
  vms: [],
  projects: [],
  accounts: [account.id],
  lists: [],
  unknown: [],
};
const offboarding = {
  person: lisa,
  since: at,
  open: 1,
  unknown: [],
  items: [{ item: 'group-team', kind: 'group', what: 'team', state: 'to-do' }],
};

interface World {
  /** Who asks. */
  readonly me?: object;
  /** What is different of lisa in the register. */
  readonly member?: object;
  /** What a change is answered with, by its path behind /api/v1/. */
  readonly changes?: Readonly<Record<string, { status?: number; body?: unknown }>>;
  readonly left?: true;
}

function server({ me, member, changes = {}, left }: World = {}) {
  return answering((path, method) => {
    const [, rest = ''] = /^\/api\/v1\/([^?]*)/.exec(path) ?? [];
    if (method !== 'GET') {
      if (rest.startsWith('access/lists/')) return { body: accessList };
      if (rest.startsWith('service-accounts'))
        return { body: { ...account, purpose: 'backups', review: '2027-01-01', built_in: false } };
      return changes[rest] ?? { body: open };
    }
    if (rest === 'people') return list(person(lisa, 'lisa'), person(mira, 'mira'), person(saar, 'saar'));
    if (rest === 'me')
      return {
        body: {
          person: mira,
          uid: 'mira',
          name_in_log: `person:${mira}`,
          roles: ['infrateam'],
          register: 'full',
          ...me,
        },
      };
    if (rest === 'applications') return list({ ...open, id: before, state: 'lapsed', since: later }, open);
    if (rest === `applications/${application}`) return { body: open };
    if (rest === 'access') return list(account);
    if (rest === 'access/sources')
      return list({ id: 'pve', state: 'unknown', lacks: 'Sys.Audit on /access', accounts: 0 });
    if (rest === 'access/lists') return list(accessList);
    if (rest === 'service-accounts') return list();
    if (rest.startsWith('departures/')) return { body: departure };
    if (rest.endsWith('/offboarding')) return left ? { body: offboarding } : problem(404, 'not-found');
    if (rest === `team/${lisa}`) {
      const grants = [{ id: grantId, on: 'class/participant', until: later, since: at, by: mira }];
      const who = {
        person: lisa,
        uid: 'lisa',
        register: 'trial',
        until: later,
        groups: [],
        roles: [],
        differs: false,
        awaited: [],
      };
      return { body: { ...who, grants, history: [], ...member } };
    }
    return problem(404, 'no-such-route');
  });
}

type Sent = { readonly method?: string; readonly path: string; readonly body?: unknown };
const sent = (asked: readonly Sent[]) =>
  asked
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => ({ what: `${method} ${path.replace('/api/v1/', '')}`, body }));

describe('what full members decide about each other', () => {
  const proposal = { act: 'suspend', by: saar, at, because: 'keys were lost' };

  it('is proposed, with the command by which another confirms it', async () => {
    const { ran, asked } = await server({ member: { proposal: { ...proposal, by: mira } } });
    const { code, stdout } = await ran(['team', 'end', 'lisa', '--because', 'moved away']);
    expect({ code, sent: sent(asked) }).toEqual({
      code: 0,
      sent: [{ what: `POST team/${lisa}/proposal`, body: { act: 'end', because: 'moved away' } }],
    });
    expect(stdout).toContain('(TEAM-1)');
    expect(stdout).toContain('`huismeester team end lisa`');
  });

  it('is confirmed by the same command of another full member, without a reason', async () => {
    const { ran, asked } = await server({ member: { proposal } });
    expect((await ran(['team', 'suspend', 'lisa'])).code).toBe(0);
    expect(sent(asked)).toEqual([
      { what: `POST team/${lisa}/proposal/confirmation`, body: { proposed: proposal.at } },
    ]);
  });

  it.each([
    [
      'of one’s own',
      { member: { proposal: { ...proposal, by: mira } } },
      ['suspend', 'lisa'],
      1,
      'proposed that yourself',
    ],
    ['without a reason', {}, ['suspend', 'lisa'], 64, '--because'],
    ['without days', {}, ['extend', 'lisa', '--because', 'ill'], 64, '--days'],
    [
      'of another length than was proposed',
      { member: { proposal: { ...proposal, act: 'extend', until: '2027-01-01T12:00:00.000Z' } } },
      ['extend', 'lisa', '--days', '30'],
      1,
      'without --days',
    ],
    ['that is nothing', {}, ['withdraw', 'lisa'], 1, 'nothing is proposed'],
  ] as const)('is nothing %s, and says what to do', async (_, world, args, code, says) => {
    const { ran, asked } = await server(world);
    expect(await ran(['team', ...args])).toMatchObject({ code, stderr: expect.stringContaining(says) });
    expect(sent(asked)).toEqual([]);
  });

  it('is done by a board member who is not of the team, whatever another proposed', async () => {
    const { ran, asked } = await server({
      me: { roles: ['board'], register: undefined },
      member: { proposal },
    });
    expect((await ran(['team', 'suspend', 'lisa', '--because', 'asked to'])).code).toBe(0);
    expect(sent(asked)[0]?.what).toBe(`POST team/${lisa}/proposal`);
  });

  it('takes days, and is taken back', async () => {
    const { ran, asked } = await server({ member: { proposal } });
    expect((await ran(['team', 'extend', 'lisa', '--days', '30', '--because', 'was ill'])).code).toBe(0);
    expect((await ran(['team', 'withdraw', 'lisa', '--lang', 'nl'])).stdout).toContain('een schorsing');
    expect(sent(asked)).toEqual([
      { what: `POST team/${lisa}/proposal`, body: { act: 'extend', because: 'was ill', days: 30 } },
      { what: `DELETE team/${lisa}/proposal`, body: undefined },
    ]);
  });
});

it('of a full member whose group is awaited it is said that roles follow', async () => {
  const awaited = [{ group: 'team', change: 'add', since: at, how: 'theirs' }];
  const { ran } = await server({ member: { register: 'full', awaited } });
  expect((await ran(['team', 'confirm', 'lisa'])).stdout).toContain('Roles follow once the group does');
  const settled = await server({ member: { register: 'full' } });
  expect((await settled.ran(['team', 'confirm', 'lisa'])).stdout).not.toContain('Roles follow');
});

describe('what leaves the team without a board member', () => {
  const refusal = problem(409, 'ends-board', { clause: 'BOARD-1', detail: 'No board member would be left' });
  const changes = { [`team/${lisa}/proposal`]: refusal, [`team/${mira}/leaving`]: refusal };
  const end = ['team', 'end', 'lisa', '--because', 'moved away'];

  it('asks for the name typed, and goes on with that alone', async () => {
    const { ran, asked } = await server({ changes });
    expect(await ran(end, { ask: async () => 'mira' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('another name'),
    });
    expect(sent(asked)).toHaveLength(1);
    let question = '';
    await ran(end, {
      ask: async (text) => {
        question = text;
        return 'Lisa';
      },
    });
    expect(question).toContain('BOARD-1');
    expect(sent(asked).at(-1)?.body).toEqual({ act: 'end', because: 'moved away', confirm: 'Lisa' });
  });

  it('takes --name where there is no terminal', async () => {
    const { ran, asked } = await server({ changes });
    expect(await ran(end)).toMatchObject({ code: 1, stderr: expect.stringContaining('--name lisa') });
    await ran([...end, '--name', 'lisa']);
    expect(sent(asked).at(-1)?.body).toMatchObject({ confirm: 'lisa' });
    expect(await ran(['team', 'leave', '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('team leave --yes --name mira'),
    });
  });

  it('says so in Dutch, and with the whole command as it can be pasted', async () => {
    const { ran } = await server({ changes });
    const { stderr } = await ran([...end, '--lang', 'nl']);
    expect(stderr).toContain('geen bestuurslid meer in het team');
    expect(stderr).not.toContain('Nobody');
    expect(stderr).toContain("team end lisa --because 'moved away' --name lisa");
  });
});

describe('team leave', () => {
  it('shows what follows, and asks', async () => {
    const { ran, asked } = await server();
    let question = '';
    const ask = (answer: string) => async (text: string) => {
      question = text;
      return answer;
    };
    expect((await ran(['team', 'leave'], { ask: ask('n') })).stdout).toBe('Nothing was done.\n');
    expect(question).toMatch(/2 would be left[\s\S]*oud@ldap[\s\S]*Leave the team\?/);
    expect(sent(asked)).toEqual([]);
    expect((await ran(['team', 'leave', '--lang', 'nl'], { ask: ask('j') })).stdout).toContain('(TEAM-1)');
    expect(sent(asked)).toEqual([{ what: `POST team/${mira}/leaving`, body: {} }]);
  });

  it('without a terminal takes --yes', async () => {
    const { ran, asked } = await server();
    expect(await ran(['team', 'leave'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('team leave --yes'),
    });
    expect(sent(asked)).toEqual([]);
  });

  it('is for the team', async () => {
    const { ran, asked } = await server({ me: { register: 'former' } });
    expect((await ran(['team', 'leave', '--yes'])).code).toBe(1);
    expect(sent(asked)).toEqual([]);
  });
});

describe('departure', () => {
  it('is a preview, and a list to tick once they have left', async () => {
    const { ran } = await server();
    expect((await ran(['departure', 'mira'])).stdout).toContain('If mira left the team now');
    const after = await server({ left: true });
    expect((await after.ran(['departure', 'lisa'])).stdout).toContain('[ ] group-team');
    expect((await after.ran(['departure', 'lisa', '--done', 'group-team'])).stdout).toContain('(TEAM-2)');
    expect((await after.ran(['departure', 'lisa', '--undo', 'group-team'])).code).toBe(0);
    expect(await after.ran(['departure', 'lisa', '--done', 'x'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('group-team'),
    });
    expect(sent(after.asked)).toEqual([
      { what: `PUT team/${lisa}/offboarding/group-team`, body: { done: true } },
      { what: `PUT team/${lisa}/offboarding/group-team`, body: { done: false } },
    ]);
  });
});

describe('applications', () => {
  it('are listed while they go on; --all also those that are over', async () => {
    const { ran } = await server();
    expect((await ran(['application'])).stdout).toMatch(/^lisa +open +1\/3 /m);
    expect((await ran(['application'])).stdout).not.toContain('not decided');
    expect((await ran(['application', 'list', '--all'])).stdout).toContain('not decided in time');
    expect((await ran(['application', 'show', 'lisa', '--lang', 'nl'])).stdout).toContain('1 van 3: saar');
    expect(await ran(['application', 'show', 'saar'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('huismeester apply saar'),
    });
  });

  it.each([
    [['apply'], 'POST applications', {}],
    [['apply', 'saar', '--trial', '30'], 'POST applications', { person: saar, trialDays: 30 }],
    [['application', 'trial', 'lisa', '--days', '0'], `PUT applications/${application}/trial`, { days: 0 }],
    [['apply', 'lisa', '--withdraw'], `DELETE applications/${application}`, undefined],
    [
      ['veto', 'lisa', '--because', 'no trust'],
      `POST applications/${application}/veto`,
      { because: 'no trust' },
    ],
    [['no-objection', 'lisa'], `POST applications/${application}/no-objection`, {}],
    [['appoint', 'lisa'], `POST applications/${application}/appointment`, {}],
    [
      [
        'minutes',
        'lisa',
        '--date',
        '2026-11-22',
        '--present',
        'mira',
        'saar',
        '--outcome',
        'approved',
        '--page',
        'Notulen',
      ],
      `PUT applications/${application}/minutes`,
      { date: '2026-11-22', present: [mira, saar], outcome: 'approved', page: 'Notulen' },
    ],
    [['minutes', 'lisa', '--withdraw'], `DELETE applications/${application}/minutes`, undefined],
    [
      ['grant', 'lisa', 'class/core', '--until', '2026-12-01T12:00Z', '--core'],
      `POST team/${lisa}/grants`,
      { on: 'class/core', until: '2026-12-01T12:00:00.000Z', core: true },
    ],
    [
      ['grant', 'lisa', 'vm/104', '--for', '30d'],
      `POST team/${lisa}/grants`,
      { on: 'vm/104', until: '2026-12-22T12:00:00.000Z' },
    ],
    [['grant', 'lisa', 'class/participant', '--end'], `DELETE team/${lisa}/grants/${grantId}`, undefined],
  ] as const)('%j: sends %s, and says by which clause', async (args, what, body) => {
    const { ran, asked } = await server();
    const { code, stdout } = await ran([...args]);
    expect({ code, sent: sent(asked) }).toEqual({ code: 0, sent: [{ what, body }] });
    expect(stdout).toMatch(/\((JOIN|TEAM)-\d\)\.$/m);
  });

  it('are consented to by who they are about', async () => {
    const { ran, asked } = await server({ me: { person: lisa, uid: 'lisa', roles: ['participant'] } });
    expect((await ran(['apply', '--consent'])).code).toBe(0);
    expect((await ran(['apply', '--consent', 'lisa'])).code).toBe(64);
    expect(sent(asked)).toEqual([{ what: `POST applications/${application}/consent`, body: {} }]);
  });

  it.each([
    [['minutes', 'lisa', '--date', '2026-11-22'], 64],
    [['minutes', 'lisa', '--confirm'], 1],
    [['veto', 'lisa'], 64],
    [['grant', 'lisa', 'vm/104'], 64],
    [['grant', 'lisa', 'vm/104', '--until', 'soon'], 64],
    [['grant', 'lisa', 'vm/104', '--end'], 1],
    [['vote', 'lisa', 'maybe'], 64],
  ])('%j: nothing is sent', async (args, code) => {
    const { ran, asked } = await server();
    expect((await ran([...args])).code).toBe(code);
    expect(sent(asked)).toEqual([]);
  });
});

describe('a vote', () => {
  const path = `PUT applications/${application}/vote`;

  it('is cast where it decides nothing', async () => {
    const { ran, asked } = await server();
    expect((await ran(['vote', 'lisa', 'no', '--because', 'too soon'])).stdout).toContain('(JOIN-1)');
    expect(sent(asked)).toEqual([{ what: path, body: { vote: 'no', because: 'too soon' } }]);
  });

  it('that would decide says so, and asks, or takes --decides', async () => {
    const { ran, asked } = await server();
    expect(await ran(['vote', 'lisa', 'yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/approved[\s\S]*vote lisa yes --decides/),
    });
    expect((await ran(['vote', 'lisa', 'yes', '--because', "it's her"])).stderr).toContain(
      "vote lisa yes --because 'it'\\''s her' --decides",
    );
    expect((await ran(['vote', 'lisa', 'yes'], { ask: async () => '' })).stdout).toBe('Nothing was done.\n');
    expect(sent(asked)).toEqual([]);
    expect((await ran(['vote', 'lisa', 'yes'], { ask: async () => 'y' })).code).toBe(0);
    expect((await ran(['vote', 'lisa', 'yes', '--decides'])).code).toBe(0);
    const body = { vote: 'yes', decides: 'approved' };
    expect(sent(asked)).toEqual([
      { what: path, body },
      { what: path, body },
    ]);
  });

  it('that would decide, of who may see no votes, says so by the refusal', async () => {
    const refused = problem(409, 'would-decide', {
      clause: 'JOIN-1',
      errors: [{ field: 'body.decides', found: 'nothing', allowed: 'rejected' }],
    });
    const { ran } = await server({ changes: { [`applications/${application}/vote`]: refused } });
    expect(await ran(['vote', 'lisa', 'no'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/rejected[\s\S]*vote lisa no --decides/),
    });
  });

  it('that is left out shows how it stands', async () => {
    const { ran, asked } = await server();
    expect((await ran(['vote', 'lisa'])).stdout).toContain('yes: decides it: approved');
    expect(sent(asked)).toEqual([]);
  });
});

describe('access', () => {
  it('lists accounts, and where was looked', async () => {
    const { ran } = await server();
    expect((await ran(['access'])).stdout).toMatch(/^oud@ldap +pve +nobody’s/m);
    expect((await ran(['access', 'show', 'oud@ldap'])).stdout).toContain(
      'pveum acl delete / --users oud@ldap',
    );
    expect((await ran(['access', 'review'])).stdout).toContain('Sys.Audit on /access');
    expect((await ran(['access', 'lists'])).stdout).toMatch(
      /^router +shared secret +core .* mira +Admin login/m,
    );
    expect(await ran(['access', 'show', 'els@ldap'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('huismeester access'),
    });
  });

  it.each([
    [['access', 'owner', 'oud@ldap', 'mira'], `PUT access/${account.id}/person`, { person: mira }],
    [['access', 'owner', account.id, 'none'], `DELETE access/${account.id}/person`, undefined],
    [
      ['access', 'lists', 'record', 'router', '--person', 'saar'],
      'PUT access/lists/router',
      { title: 'Admin login of the router', kind: 'secret', core: true, people: [saar] },
    ],
    [['access', 'lists', 'confirm', 'router'], 'POST access/lists/router/confirmation', {}],
    [['access', 'lists', 'end', 'router'], 'DELETE access/lists/router', undefined],
    [
      [
        'service-account',
        'register',
        'oud@ldap',
        '--purpose',
        'backups',
        '--review',
        '2027-01-01',
        '--steward',
        'mira',
      ],
      `PUT service-accounts/${account.id}`,
      { purpose: 'backups', review: '2027-01-01', steward: mira },
    ],
    [
      [
        'service-account',
        'register',
        'b@pve',
        '--purpose',
        'backups',
        '--review',
        '2027-01-01',
        '--source',
        'pve',
        '--steward',
        'mira',
      ],
      'POST service-accounts',
      { source: 'pve', name: 'b@pve', purpose: 'backups', review: '2027-01-01', steward: mira },
    ],
  ] as const)('%j: sends %s, and says by which clause', async (args, what, body) => {
    const { ran, asked } = await server();
    const { code, stdout } = await ran([...args]);
    expect({ code, sent: sent(asked) }).toEqual({ code: 0, sent: [{ what, body }] });
    expect(stdout).toMatch(/\(CORE-[24]\)\.$/m);
  });

  it('says where lists are found, and sends nothing, where one is not there', async () => {
    const { ran, asked } = await server();
    const { code, stderr } = await ran(['access', 'lists', 'end', 'printer']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('huismeester access lists'),
    });
    expect(sent(asked)).toEqual([]);
  });

  it('does not register what is not known without saying where that is', async () => {
    const { ran, asked } = await server();
    const { code, stderr } = await ran([
      'service-account',
      'register',
      'b@pve',
      '--purpose',
      'x',
      '--review',
      '2027-01-01',
      '--steward',
      'mira',
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('--source, one of pve') });
    expect(sent(asked)).toEqual([]);
  });
});
