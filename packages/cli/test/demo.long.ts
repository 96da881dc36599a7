import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type AccountResource,
  type ApplicationResource,
  ApplicationState,
  type DesignDecisionResource,
  type IncidentResource,
  type ItemResource,
  type ProbeResource,
  type Rule,
  type Violation,
} from '@huismeester/contracts';
import { type Child, startChild, type TempDir, tempDirWithDatabase, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const main = fileURLToPath(new URL('../../../deploy/standalone/src/main.ts', import.meta.url));
const accessPoint = 'port/sw1/gi1-0-3';

describe('the demo', { timeout: 300_000 }, () => {
  let dir: TempDir;
  let demo: Child | undefined;

  const ran = (...args: string[]) => runCli(args, { cwd: dir.path, root: dir.path });
  const json = async <Value>(...args: string[]): Promise<Value> => {
    const { code, stdout, stderr } = await ran(...args, '--json');
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const start = async () => {
    demo = await startChild({ name: 'the demo', command: process.execPath, args: [main], cwd: dir.path });
    const welcomed = () => demo?.output().includes('API and its pages') ?? false;
    await demo.ready('it says where it is', welcomed, { timeoutMs: 120_000 });
  };
  const modes = async () =>
    (await json<Rule[]>('rules')).map(({ rule, clause, mode }) => `${rule}/${clause} ${mode}`);
  const power = (stage: RegExp) =>
    waitFor(`power: ${stage}`, async () => stage.test((await ran('status')).stdout), { everyMs: 200 });
  const incidents = async (root: string) =>
    (await json<IncidentResource[]>('incidents')).filter((each) => each.root === root);
  /** The only incident of a root, once it is in that state. */
  const incident = (root: string, state: 'open' | 'closed', also = (_: IncidentResource) => true) =>
    waitFor(
      `an incident of ${root} is ${state}`,
      async () => {
        const [only, ...more] = await incidents(root);
        expect(more).toEqual([]);
        return only?.state === state && also(only) && only;
      },
      { timeoutMs: 60_000, everyMs: 200 },
    );
  const allIsWell = () =>
    waitFor(
      'every probe is up, and no incident open',
      async () => {
        const probes = await json<ProbeResource[]>('probes');
        expect(probes.map(({ state }) => state)).toEqual(probes.map(() => 'up'));
        return (await json<IncidentResource[]>('incidents', '--open')).length === 0;
      },
      { timeoutMs: 120_000, everyMs: 200 },
    );

  beforeAll(async () => {
    dir = await tempDirWithDatabase('demo');
    await mkdir(join(dir.path, 'var/demo'), { recursive: true });
    await rename(join(dir.path, 'db'), join(dir.path, 'var/demo/db'));
    await start();
  });
  afterAll(async () => {
    await demo?.stop({ signal: 'SIGKILL' });
    await dir.remove();
  });

  it('plays a power cut and its end', async () => {
    expect(await modes()).toEqual((await modes()).map((each) => each.replace('dry-run', 'enforce')));
    expect(await ran('demo', 'power-cut', '--ups', 'attic')).toMatchObject({ code: 1, stdout: '' });
    const cut = await ran('demo', 'power-cut', '--ups', 'rack');
    expect(cut).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The power is cut\. /) });
    await power(/^Power +(?!mains|unknown)\S+\n {2}rack: /m);
    expect((await ran('demo', 'mains-back')).stdout).toMatch(/^Mains is back\. /);
    await power(/^rack +on-mains/m);
  });

  it('makes one incident of a cable that is pulled, with what is reached by it, and ends it', async () => {
    await allIsWell();
    expect((await ran('demo', 'unplug', 'gi1/0/3')).stdout).toMatch(/^The cable of gi1\/0\/3 is out\. /);
    const open = await incident(accessPoint, 'open', ({ members }) => members.length > 1);
    expect(open.members.map(({ thing, state }) => [thing, state]).sort()).toEqual([
      [accessPoint, 'down'],
      ['probe/bar-display', 'unknown'],
    ]);
    expect((await ran('demo', 'plug', 'gi1/0/3')).stdout).toMatch(/^The cable of gi1\/0\/3 is in\. /);
    await incident(accessPoint, 'closed');
    expect(await incidents('probe/bar-display')).toEqual([]);
  });

  it('makes one incident of a service that is broken, and ends it when it is mended', async () => {
    await allIsWell();
    expect((await ran('demo', 'break', 'website')).stdout).toMatch(/^website is broken\. /);
    const { members } = await incident('probe/website', 'open');
    expect(members.map(({ thing, state }) => [thing, state])).toEqual([['probe/website', 'down']]);
    expect((await ran('demo', 'mend', 'website')).stdout).toMatch(/^website is mended\. /);
    await incident('probe/website', 'closed');
  });

  const states = async () =>
    (await json<ApplicationResource[]>('application', 'list', '--all')).map(({ state }) => state);

  it('has an application in every state, and names the account whose rights nobody has a reason for', async () => {
    await waitFor(
      'an application in every state',
      async () => new Set(await states()).size === ApplicationState.enum.length,
      {
        timeoutMs: 60_000,
        everyMs: 200,
      },
    );
    const strangers = async () =>
      (await json<Violation[]>('violations')).filter(({ clause }) => clause === 'CORE-4');
    await waitFor('the account is found', async () => (await strangers()).length > 0, { timeoutMs: 60_000 });
    const accounts = await json<AccountResource[]>('access');
    const found = (await strangers()).map(
      ({ about }) => accounts.find(({ id }) => about === `account/${id}`)?.name,
    );
    expect(found).toEqual(['oud@ldap']);
  });

  it('has a register of things, their stewards, design decisions with pages, and a report that can be read before it is made', async () => {
    const decisions = () => json<DesignDecisionResource[]>('design');
    const read = async () => new Set((await decisions()).map(({ read: page }) => page?.state));
    await waitFor('the pages of all design decisions are looked up', async () => {
      expect(await read()).toEqual(new Set(['found', 'blank', 'missing']));
      return true;
    });
    const lent = (await json<ItemResource[]>('item')).find(({ tenure }) => tenure?.kind === 'loaned');
    expect(lent?.id).toBe('pve2');
    expect((await ran('impact', 'ups/rack')).stdout).toMatch(/^vm\/102 \(Website\) .*mira/m);
    await waitFor('the advice is given', async () => /given/.test((await ran('advice')).stdout));
    // Of the month that it is, by the real clock.
    const now = () => new Date();
    const report = (await runCli(['report', 'preview'], { cwd: dir.path, root: dir.path, now })).stdout;
    expect(report).toContain('Infraverslag');
    expect(report).toContain('Een tweede internetverbinding');
    expect((await ran('policy-text')).stdout).toContain('Core');
    expect((await ran('leave', '--dry-run')).stdout).toMatch(/items 8, cables 4/);
  });

  it('killed in the middle of an incident, ends it once; what a person disarmed stays so', async () => {
    await allIsWell();
    expect((await ran('dry-run', 'power/CORE-1')).code).toBe(0);
    const disarmed = await modes();
    expect(disarmed).toContain('power/CORE-1 dry-run');
    await ran('demo', 'break', 'directory');
    const open = await incident('probe/directory', 'open');
    await demo?.stop({ signal: 'SIGKILL' });
    // All of the simulated network starts anew with it: the directory answers again.
    await start();
    expect(await modes()).toEqual(disarmed);
    const closed = await incident('probe/directory', 'closed');
    // What was there at the start is not made once more.
    expect(await states()).toHaveLength(ApplicationState.enum.length);
    expect(closed).toMatchObject({ id: open.id, since: open.since });
    const events = (await ran('events', '--subject', `incident/${open.id}`, '--json')).stdout;
    const types = events
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).toEqual(['incident.opened', 'incident.closed']);
  });
});
