import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@huismeester/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answering, list, problem } from './answering.ts';

const at = '2026-11-22T12:00:00.000Z';
const lisa = 'edb9ec84-abcb-444d-8171-1bb35d2c4cbe';
const mira = '5e8d2f7f-d399-472d-8c1e-a54f1be4f93b';
const people = [
  { id: lisa, uid: 'lisa', enabled: true, roles: [], groups: [], since: at },
  { id: mira, uid: 'mira', enabled: true, roles: [], groups: [], since: at },
];
const agreement = { participant: lisa, team: mira, text: 'Backed up weekly', by: 'team', since: at };
const project = {
  id: 'p-7k2m9',
  title: 'Printer queue',
  class: 'participant',
  class_since: at,
  state: 'active',
  owner: lisa,
  people: [],
  managers: [mira],
  hardware: [],
  vms: ['104'],
  proposed: agreement,
};
const old = { ...project, id: 'p-0', title: 'Old one', state: 'retired' };
/** Two people have a VM of this name. */
const alike = [
  { ...project, id: 'p-1', title: 'web', owner: lisa },
  { ...project, id: 'p-2', title: 'web', owner: mira },
];
const promotion = {
  id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4e',
  project: project.id,
  kind: 'promotion',
  to: 'core',
  state: 'granted',
  done: false,
  requested_by: lisa,
  requested_at: at,
  users: [mira],
  users_count: 1,
};
const withSteps = {
  ...promotion,
  steps: [
    {
      ownership: '104-1f3c9a2b',
      vm: '104',
      pool: 'core',
      state: 'failed',
      error: 'no token',
      command: 'pveum pool modify core --vms 104 --allow-move',
    },
  ],
  open_points: [{ clause: 'CORE-1', state: 'open', vms: ['104'] }],
};

function server() {
  return answering((path, method) => {
    const [, rest = ''] = /^\/api\/v1\/([^?]*)/.exec(path) ?? [];
    if (method !== 'GET') return { body: rest.startsWith('promotions') ? promotion : project };
    if (rest === 'projects') return list(project, old, ...alike);
    if (rest === 'me')
      return { body: { person: mira, name_in_log: `person:${mira}`, roles: ['participant'] } };
    if (rest === `projects/${project.id}`) {
      const changed = {
        at,
        by: `person:${mira}`,
        what: 'project.changed',
        because: 'it grew',
        data: { project: project.id, title: 'Printer queue', because: 'it grew' },
      };
      return { body: { ...project, history: [changed] } };
    }
    if (rest === 'promotions') return list(promotion, { ...promotion, state: 'withdrawn', done: undefined });
    if (rest.startsWith('promotions/')) return { body: withSteps };
    if (rest === 'people') return list(...people);
    return problem(404, 'no-such-route');
  });
}

type Sent = { readonly method?: string; readonly path: string; readonly body?: unknown };
const last = (asked: readonly Sent[]) => asked.filter(({ method }) => method !== 'GET').at(-1);

describe('project', () => {
  it('lists those that are not over, with uids', async () => {
    const { ran } = await server();
    const { stdout } = await ran(['project']);
    expect(stdout).toMatch(/^p-7k2m9 +participant +active +lisa +104 +Printer queue$/m);
    expect(stdout).not.toContain('Old one');
    expect((await ran(['project', 'list', '--all'])).stdout).toContain('Old one');
    expect((await ran(['project', 'list', '--class', 'core'])).stdout).toContain('There is no project');
  });

  it('shows one by its title, with what was proposed, how to consent, and its history', async () => {
    const { ran } = await server();
    const { stdout } = await ran(['project', 'show', 'printer QUEUE']);
    expect(stdout).toContain('Printer queue (p-7k2m9)');
    expect(stdout).toContain('huismeester project agree p-7k2m9');
    expect(stdout).toMatch(/it grew \(mira\)$/m);
    const { code, stderr } = await ran(['project', 'show', 'printr']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('huismeester project list'),
    });
  });

  it('of several with one title is one’s own', async () => {
    const { ran, asked } = await server();
    expect((await ran(['project', 'change', 'web', '--purpose', 'a site'])).code).toBe(0);
    expect(last(asked)?.path).toBe('/api/v1/projects/p-2');
  });

  it('is put into the register, and changed where it is named', async () => {
    const { ran, asked } = await server();
    const fields = ['--manager', 'MIRA', '--purpose', 'whose turn it is'];
    expect((await ran(['project', 'create', 'Printer queue', ...fields])).code).toBe(0);
    expect(last(asked)).toMatchObject({
      path: '/api/v1/projects',
      body: { title: 'Printer queue', managers: [mira], purpose: 'whose turn it is' },
    });
    expect((await ran(['project', 'change', 'p-7k2m9'])).code).toBe(64);
    const change = ['project', 'change', 'p-7k2m9', '--manager', 'none', '--owner', 'mira', '--because', 'x'];
    expect((await ran(change)).code).toBe(0);
    expect(last(asked)).toMatchObject({
      method: 'PATCH',
      path: '/api/v1/projects/p-7k2m9',
      body: { managers: [], owner: mira, because: 'x' },
    });
  });

  it('is agreed upon: proposed with all that takes, consented to without', async () => {
    const { ran, asked } = await server();
    expect((await ran(['project', 'agree', 'p-7k2m9'])).code).toBe(0);
    expect(last(asked)).toMatchObject({ path: '/api/v1/projects/p-7k2m9/agreement/consent' });
    expect((await ran(['project', 'agree', 'p-7k2m9', '--team', 'mira'])).code).toBe(64);
    const dir = await tempDir('agreement');
    onTestFinished(() => dir.remove());
    const file = join(dir.path, 'agreement.txt');
    await writeFile(file, 'Backed up weekly\n');
    const args = [
      'project',
      'agree',
      'p-7k2m9',
      '--participant',
      'lisa',
      '--team',
      'mira',
      '--text-file',
      file,
    ];
    expect((await ran(args)).stdout).toContain('once lisa consents');
    expect(last(asked)?.body).toEqual({ participant: lisa, team: mira, text: 'Backed up weekly' });
  });

  it.each([
    [['retire', '--because', 'done'], 'POST', '/retirement', { because: 'done' }],
    [['confirm-end'], 'POST', '/retirement/confirmation', {}],
    [['keep'], 'DELETE', '/retirement', {}],
    [['give-up'], 'DELETE', '', {}],
  ])('ends: %j', async ([name = '', ...options], method, path, body) => {
    const { ran, asked } = await server();
    expect((await ran(['project', name, 'p-7k2m9', ...options])).code).toBe(0);
    expect(last(asked)).toMatchObject({ method, path: `/api/v1/projects/p-7k2m9${path}`, body });
  });
});

describe('promotion', () => {
  it('lists what was asked; --open alone what somebody has to do with', async () => {
    const { ran } = await server();
    const { stdout } = await ran(['promotion']);
    expect(stdout).toMatch(/ to become core +granted, not carried out yet +1 +\S+ +Printer queue$/m);
    expect(stdout).toContain('withdrawn');
    expect((await ran(['promotion', 'list', '--open'])).stdout).not.toContain('withdrawn');
  });

  it('shows how far it is, what to run, and what is open', async () => {
    const { ran } = await server();
    const { stdout } = await ran(['promotion', 'show', promotion.id]);
    expect(stdout).toContain('VM 104 → core: failed (no token)');
    expect(stdout).toContain('    pveum pool modify core --vms 104 --allow-move');
    expect(stdout).toMatch(/^ {2}CORE-1 .*\(104\)$/m);
  });

  it('is asked for with three answers, given or typed', async () => {
    const { ran, asked } = await server();
    const ask = ['promotion', 'ask', 'Printer queue', '--to', 'space-wide', '--needed', 'who prints'];
    expect((await ran(ask)).code).toBe(64);
    expect((await ran(['promotion', 'ask', 'p-7k2m9'])).code).toBe(64);
    expect((await ran(['promotion', 'ask', 'p-7k2m9', '--one-more-vm'])).code).toBe(64);
    expect(last(asked)).toBeUndefined();
    const { code } = await ran(ask, { ask: async (question) => (question.includes('core') ? 'no' : 'much') });
    expect(code).toBe(0);
    expect(last(asked)?.body).toEqual({
      project: 'p-7k2m9',
      to: 'space-wide',
      answers: { facilitates: 'much', needed: 'who prints', 'not-core': 'no' },
    });
    expect((await ran(['promotion', 'ask', 'p-7k2m9', '--one-more-vm', '--because', 'a test'])).code).toBe(0);
    expect(last(asked)?.body).toEqual({ project: 'p-7k2m9', kind: 'one-more-vm', because: 'a test' });
  });

  it('to core is asked for with a reason alone', async () => {
    const { ran, asked } = await server();
    const ask = ['promotion', 'ask', 'p-7k2m9', '--to', 'core'];
    expect(await ran(ask)).toMatchObject({ code: 64, stderr: expect.stringContaining('--because') });
    expect(last(asked)).toBeUndefined();
    expect((await ran([...ask, '--because', 'the door needs it'])).code).toBe(0);
    expect(last(asked)?.body).toEqual({ project: 'p-7k2m9', to: 'core', because: 'the door needs it' });
  });

  it.each([
    [['use'], 'POST', '/users', {}],
    [['withdraw'], 'DELETE', '', {}],
    [
      ['grant', '--because', 'x', '--confirm', 'CORE-1', '--confirm', 'CORE-2'],
      'PUT',
      '/decision',
      { how: 'granted', because: 'x', confirm: ['CORE-1', 'CORE-2'] },
    ],
    [['decline', '--because', 'x'], 'PUT', '/decision', { how: 'declined', because: 'x' }],
    [['undo', '--because', 'x'], 'DELETE', '/decision', { because: 'x' }],
  ])('is answered: %j', async ([name = '', ...options], method, path, body) => {
    const { ran, asked } = await server();
    expect((await ran(['promotion', name, promotion.id, ...options])).code).toBe(0);
    expect(last(asked)).toMatchObject({ method, path: `/api/v1/promotions/${promotion.id}${path}`, body });
  });
});
