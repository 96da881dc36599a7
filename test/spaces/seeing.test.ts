import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type DeadLetter,
  Export,
  type ServiceReport,
  serviceNames,
  type Violation,
} from '@huismeester/contracts';
import { openDatabase } from '@huismeester/database';
import { createLogger, loadSettings } from '@huismeester/service';
import { skipWithout, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { Check } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { logOf, powerRequests } from './e2e/assertions.ts';
import { huismeester } from './e2e/command-line.ts';
import { startHouse } from './e2e/house.ts';
import type { House } from './e2e/house-types.ts';
import { type Listener, listen } from './e2e/listener.ts';

/** The guest whose decisions cannot be stored. */
const poisoned = 120;
const others = [121, 122];

describe.skipIf(skipWithout('upsd', 'postgres'))('looking after Huismeester itself', () => {
  let house: House;
  let listener: Listener;
  let socket: string;
  let alter: (statement: string) => Promise<unknown>;

  beforeAll(async () => {
    house = await startHouse({
      database: 'postgres',
      broker: 'embedded',
      network: true,
      inThisProcess: true,
    });
    listener = await listen(house.mqttUrl, house.root);
    const settings = await loadSettings(house.settingsFile);
    socket = settings.http.socket;
    const database = await openDatabase(settings.database, { logger: createLogger({ level: 'silent' }) });
    alter = (statement) => database.orm.execute(sql.raw(statement));
    return async () => {
      await database.close();
      await listener.close();
      await house.close();
    };
  });

  const cli = (...args: string[]) => huismeester(socket, ...args);
  const report = (service: string) => house.get<ServiceReport>(`/api/v1/${service}/status`);
  const serviceState = () => listener.newest('space/v1/vm-lifecycle/state/service/vm-lifecycle');
  const letters = async (): Promise<DeadLetter[]> => JSON.parse((await cli('dead-letters', '--json')).out);
  const asked = () => powerRequests(house.proxmox.requests);

  it('status tells of each service where its log stands, and that nobody waits', async () => {
    const { out } = await waitFor('nobody waits for anybody, and all is well', async () => {
      const printed = await cli('status');
      return printed.code === 0 && printed.out.includes('Nobody waits for anybody.') && printed;
    });
    for (const service of serviceNames) {
      // Without a directory membership has nothing to say, nor inventory before anybody registered anything.
      const head = service === 'membership' || service === 'inventory' ? '0' : '[1-9]\\d*';
      expect(out).toMatch(new RegExp(`^${service} +ready +\\d+\\.\\d+\\.\\d+ +\\d+ s +${head} +0 `, 'm'));
    }
    // Of what it reads only what it is behind with stands there.
    expect(out).toMatch(/^policy +ready .* +0 +0 +–$/m);
    // Between two passes an event may be there that is not read yet: clauses are unknown then.
    await waitFor('each clause to be evaluated', async () => {
      const clauses = (await cli('clauses', '--lang', 'nl')).out;
      return /^CORE-6 +not-set-up +things +Core-infra draait op/m.test(clauses);
    });
    const json = JSON.parse((await cli('status', '--json')).out);
    expect(Object.keys(json.services)).toEqual(serviceNames);
    expect(json.missing).toEqual({});
    const { consumers } = json.services.policy as ServiceReport;
    expect(consumers.map(({ source, reader = source }) => reader)).toEqual([
      'ups-monitor',
      'vm-lifecycle',
      'vm-lifecycle/lease',
      'vm-lifecycle/project',
      'netwatch',
      'inventory',
      'ups-monitor/report',
      'netwatch/report',
      'vm-lifecycle/report',
      'inventory/report',
    ]);
  });

  it('an event that cannot be applied is parked and seen everywhere, and the others go on', async () => {
    await alter(
      `alter table vm_lifecycle.desired add constraint poison check (target <> 'vm/${poisoned}') not valid`,
    );
    await house.upsd.set('rack', 'ups.status', 'OB DISCHRG');
    const [letter] = await waitFor('a dead letter', async () => (await letters()).length > 0 && letters());
    expect(letter).toMatchObject({
      service: 'vm-lifecycle',
      source: 'policy',
      subject: `desired-state/vm/${poisoned}`,
      type: 'desired-state.decided',
      attempts: 1,
      error: expect.stringContaining('poison'),
    });
    await waitFor('the others are shut down', () =>
      others.every((vmid) => asked().some((each) => each.vmid === vmid && each.act === 'shutdown')),
    );

    const status = await cli('status');
    expect(status.out).toMatch(
      /vm-lifecycle has \d events? of policy parked, for a person: see dead-letters/,
    );
    expect(await house.text('/metrics')).toMatch(
      /huismeester_dead_letters\{service="vm-lifecycle",source="policy"\} [1-9]/,
    );
    expect(await house.text('/health/ready')).toMatch(/vm-lifecycle: log of policy[^}]*dead letter/);
    await waitFor('MQTT tells it', () => Number(serviceState()?.dead_letters) > 0);
    expect(serviceState()).toMatchObject({ flow: 'trouble', flow_n: 2 });
  });

  it('a replay that fails again says why, and changes nothing but the count of attempts', async () => {
    const [before] = await letters();
    const { code, err } = await cli('dead-letters', 'replay', before?.id ?? '');
    expect(code).toBe(1);
    expect(err).toContain('The event still cannot be applied');
    const [after] = await letters();
    expect(after).toEqual({ ...before, attempts: 2, error: after?.error });
  });

  it('a replay applies the facts in order, and asks for no old act', async () => {
    await house.upsd.set('rack', 'ups.status', 'OL CHRG');
    await waitFor('the guest is to run again, and that waits behind the dead letter', async () => {
      const decided = (await logOf(house, 'policy')).filter(
        ({ subject, type }) => subject === `desired-state/vm/${poisoned}` && type === 'desired-state.decided',
      );
      const parked = (await letters()).filter(({ subject }) => subject === `desired-state/vm/${poisoned}`);
      return decided.at(-1)?.data.state !== 'stopped' && parked.length === decided.length;
    });
    const parked = await letters();
    expect(parked.slice(1).every(({ error, attempts }) => error === undefined && attempts === 0)).toBe(true);

    await alter('alter table vm_lifecycle.desired drop constraint poison');
    const [first] = parked;
    const { code, out } = await cli('dead-letters', 'replay', first?.id ?? '', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      service: 'vm-lifecycle',
      subject: `desired-state/vm/${poisoned}`,
      applied: parked.length,
    });
    await waitFor('all flows again', () => serviceState()?.flow === 'flowing');
    await waitFor('the others run again', () =>
      others.every((vmid) => asked().some((each) => each.vmid === vmid && each.act === 'start')),
    );
    // The newest of its decisions is what counts: what the oldest one asked for is not done any more.
    expect(asked().filter(({ vmid }) => vmid === poisoned)).toEqual([]);
    expect(await letters()).toEqual([]);
  });

  it('a second replay finds nothing to apply', async () => {
    const id = (await logOf(house, 'policy'))[0]?.id ?? '';
    const { code, err } = await cli('dead-letters', 'replay', id);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('there is no dead letter') });
    const { code: direct, err: refused } = await cli('dead-letters', 'replay', id, '--service', 'policy');
    expect({ direct, refused }).toEqual({ direct: 1, refused: expect.stringContaining('no dead letter') });
  });

  it('the export holds all registers, in a stable order and without secrets', async () => {
    await waitFor('the power cut is over for every VM', async () => {
      const { results } = await house.get<{ results: { desired?: string }[] }>('/api/v1/vms');
      const isOver = results.every(({ desired = 'hands-off' }) => desired === 'hands-off');
      return isOver && (await report('policy')).waiting.length === 0;
    });
    const file = join(dirname(socket), 'export.json');
    expect(await cli('export', '--out', file)).toMatchObject({ code: 0, out: '' });
    const text = await readFile(file, 'utf8');
    const found: Export = JSON.parse(text);
    expect(Check(Export, found)).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { count } = await house.get<{ count: number }>('/api/v1/decisions?limit=1');
    expect(found.decisions.items).toHaveLength(count);
    expect(found.vms.items).toHaveLength(8);
    expect(found.nodes.items.map(({ node }) => node)).toEqual(['pve1', 'pve2']);
    expect(found.tokens.items).toMatchObject([{ name: 'first', role: 'administrator' }]);
    expect(found.settings.hash).toBe(found.decisions.items.at(-1)?.settingsHash);
    expect(text).not.toMatch(/"(secret|hash)": "(hm_|b6f3|[0-9a-f]{64})/);

    const again: Export = JSON.parse((await cli('export')).out);
    const { decisions, rules, tokens, vms } = found;
    expect([again.decisions.items, again.rules.items, again.vms.items]).toEqual([
      decisions.items,
      rules.items,
      vms.items,
    ]);
    expect(again.tokens.items).toEqual(tokens.items);
  });

  it('core that migrates to a loaned node is a violation within 10 s, which names the move and the node, and is closed when it is back', async () => {
    const violations = async () =>
      (await house.get<{ results: Violation[] }>('/api/v1/violations?about=vm/101')).results;
    const add = (node: string, ...tenure: string[]) =>
      cli(
        'item',
        'add',
        node,
        '--kind',
        'server',
        '--layer',
        '1',
        '--stands-for',
        `node/pve-${node}`,
        ...tenure,
      );
    expect(await add('pve1', '--tenure', 'owned')).toMatchObject({ code: 0, err: '' });
    expect(await add('pve2', '--tenure', 'loaned', '--of', 'a friend')).toMatchObject({ code: 0, err: '' });
    await waitFor('policy has read it', async () => (await report('policy')).waiting.length === 0);
    expect(await violations()).toEqual([]);

    house.proxmox.migrate(101, 'pve2', { seconds: 0.1 });
    const [found] = await waitFor('a violation', async () => {
      const all = await violations();
      return all.length > 0 && all;
    });
    expect(found).toMatchObject({ kind: 'hardware-not-ours', clause: 'CORE-6', severity: 'serious' });
    const moved = (await logOf(house, 'vm-lifecycle')).findLast(({ type }) => type === 'vm.moved');
    const registered = (await logOf(house, 'inventory')).find(({ subject }) => subject === 'item/pve2');
    expect(found?.evidence).toEqual([moved?.id, registered?.id]);
    const opened = (await logOf(house, 'policy')).findLast(({ type }) => type === 'violation.opened');
    expect(Date.parse(opened?.time ?? '') - Date.parse(moved?.time ?? '')).toBeLessThan(10_000);

    house.proxmox.migrate(101, 'pve1', { seconds: 0.1 });
    await waitFor('it is closed', async () => (await violations()).length === 0);
  });
});
