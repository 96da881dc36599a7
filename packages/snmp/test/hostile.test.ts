import { systemClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createSnmpClient, type SnmpClient } from '../src/index.ts';
import { type Reply, type Request, startAgent, table } from './agent.ts';
import { element, integer, text } from './ber.ts';
import { scalarsOf } from './scalars.ts';
import { createSilence, type Silence } from './silence.ts';

const [admin, oper] = ['1.3.6.1.2.1.2.2.1.7', '1.3.6.1.2.1.2.2.1.8'];
const upTime = '1.3.6.1.2.1.1.3.0';
const agents: { close(): Promise<void> }[] = [];
const clients: SnmpClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const agent of agents.splice(0)) await agent.close();
});

/** Ports 1 to `count`, admin up and oper down. */
function ports(count: number) {
  const indexes = Array.from({ length: count }, (_, i) => i + 1);
  const cells = indexes.flatMap((i) => [
    [`${admin}.${i}`, integer(1)],
    [`${oper}.${i}`, integer(2)],
  ]);
  return {
    [upTime]: integer(4_294_967_000, 0x43),
    ...Object.fromEntries(cells),
    '1.3.6.1.2.1.99.1.0': text(''),
  };
}

type Answer = (request: Request) => Reply | Buffer | undefined;

const against = (answer: Answer, version: '1' | '2c' = '2c') => started(answer, version, createSilence());
/** By the system's clock: nothing times out within a minute. */
const againstBySystemClock = (answer: Answer) => started(answer, '2c', undefined);

async function started(answer: Answer, version: '1' | '2c', silence: Silence | undefined) {
  const agent = await startAgent(answer, silence);
  const credentials = { version, community: 'c' };
  const clock = silence?.clock ?? systemClock;
  const client = createSnmpClient({
    host: '127.0.0.1',
    port: agent.port,
    credentials,
    clock,
    timeoutMs: 60_000,
  });
  agents.push(agent);
  clients.push(client);
  return { client, ...agent };
}

const allOf = (count: number) => new Map(Array.from({ length: count }, (_, i) => [`${i + 1}`, [1, 2]]));

describe('an agent whose answers have a largest size', () => {
  it('and that says tooBig with no variables: halved, and remembered', async () => {
    const whole = table(ports(40));
    const { client, requests } = await against((request) =>
      request.repetitions > 12 ? { status: 1, varbinds: [] } : whole(request),
    );
    const first = await client.columns([admin, oper], { scalars: [upTime], rows: 40 });
    expect(first).toMatchObject({ rows: allOf(40), complete: [true, true], scalars: [4_294_967_000] });
    const asked = requests.splice(0).map(({ repetitions }) => repetitions);
    expect(asked.slice(0, 2)).toEqual([21, 9]);
    expect((await client.columns([admin, oper])).rows).toEqual(allOf(40));
    expect(Math.max(...requests.map(({ repetitions }) => repetitions))).toBeLessThanOrEqual(10);
  });

  it('and that is silent above 20: halved after the second time, and remembered; never unreachable', async () => {
    const whole = table(ports(60));
    const { client, requests } = await against((request) =>
      request.repetitions > 20 ? undefined : whole(request),
    );
    expect((await client.columns([admin, oper])).rows).toEqual(allOf(60));
    const kinds = requests.splice(0).map(({ kind, repetitions }) => (kind === 'bulk' ? repetitions : kind));
    expect(kinds.slice(0, 5)).toEqual([35, 'next', expect.any(Number), 'next', expect.any(Number)]);
    expect((await client.columns([admin, oper])).rows).toEqual(allOf(60));
    expect(requests.every(({ kind, repetitions }) => kind === 'bulk' && repetitions <= 20)).toBe(true);
  });

  it('and that is silent above 40 cells: a table of fewer columns is asked for more rows', async () => {
    const whole = table(ports(60));
    const { client, requests } = await against((request) =>
      request.repetitions * request.oids.length > 40 ? undefined : whole(request),
    );
    const read = async (columns: string[]) => {
      requests.splice(0);
      await client.columns(columns, { rows: 60 });
      return requests.map(({ kind, repetitions }) => (kind === 'bulk' ? repetitions : kind));
    };
    expect(await read([admin])).toEqual([31, 30]);
    expect(await read([admin, oper])).toContain('next');
    expect(await read([admin])).toEqual([31, 30]);
    expect(await read([admin, oper])).toEqual([13, 12, 12, 12, 12]);
  });

  it('and that has no GETBULK at all, or one variable a time: GETNEXT', async () => {
    const whole = table(ports(5));
    const { client, requests } = await against((request) =>
      request.kind === 'bulk' || request.oids.length > 1 ? { status: 1, varbinds: [] } : whole(request),
    );
    const { rows, scalars } = await client.columns([admin, oper], { scalars: [upTime] });
    expect([rows, scalars]).toEqual([allOf(5), [4_294_967_000]]);
    requests.splice(0);
    await client.columns([admin, oper]);
    expect(requests.every(({ kind, oids }) => kind === 'next' && oids.length === 1)).toBe(true);
  });

  it('and that answers less than asked, or only once it is asked for little', async () => {
    const whole = table(ports(30));
    const { client } = await against((request) => {
      const { varbinds } = whole(request);
      return { varbinds: request.repetitions > 8 ? [] : varbinds.slice(0, Math.max(request.oids.length, 7)) };
    });
    expect(await client.columns([admin, oper])).toMatchObject({ rows: allOf(30), complete: [true, true] });
  });
});

describe('an agent of which a datagram is lost', () => {
  const losing = (...lost: number[]) => {
    const whole = table(ports(40));
    let count = 0;
    return (request: Request) => {
      count += 1;
      return lost.includes(count) ? undefined : whole(request);
    };
  };

  it('is asked again', async () => {
    const { client } = await against(losing(1));
    expect(await scalarsOf(client, [upTime])).toEqual([4_294_967_000]);
  });

  it('is asked for as many rows as before', async () => {
    const { client, requests } = await against(losing(2));
    expect((await client.columns([admin, oper])).rows).toEqual(allOf(40));
    expect(requests.map(({ kind }) => kind)).toEqual(['bulk', 'bulk', 'next', 'bulk']);
    expect(requests[3]?.repetitions).toBe(requests[1]?.repetitions);
  });

  it('is asked for as many rows as before, also when two are lost in a row', async () => {
    // The first is answered; of the second look the first and, after a GETNEXT, the next GETBULK are lost.
    const { client, requests } = await against(losing(3, 5));
    const read = async () => {
      requests.splice(0);
      expect((await client.columns([admin, oper], { rows: 40 })).rows).toEqual(allOf(40));
      return requests.map(({ kind, repetitions }) => (kind === 'bulk' ? repetitions : kind));
    };
    const before = await read();
    expect(before).toEqual([21, 20]);
    expect(await read()).toEqual([21, 'next', 20, 'next', 20, 19]);
    expect(await read()).toEqual(before);
  });

  it('is not waited for by the next one, when the first is aborted', async () => {
    const { client, requests } = await againstBySystemClock(losing(1));
    const abort = new AbortController();
    const first = scalarsOf(client, [upTime], abort.signal);
    const aborted = scalarsOf(client, [upTime], AbortSignal.abort(new Error('before')));
    const second = scalarsOf(client, [upTime]);
    await expect(aborted).rejects.toThrow('before');
    await waitFor('the first one is sent', () => requests.length > 0);
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(await second).toEqual([4_294_967_000]);
  });
});

it('long texts are read in answers that fit a frame, once it is known how long they are', async () => {
  const alias = '1.3.6.1.2.1.31.1.1.1.18';
  const names = Array.from({ length: 40 }, (_, i) => [`${alias}.${i + 1}`, text('x'.repeat(200))]);
  const { client, requests } = await against(table(Object.fromEntries(names)));
  const largest = async () => {
    requests.splice(0);
    expect((await client.columns([alias])).rows.size).toBe(40);
    return Math.max(...requests.map(({ repetitions }) => repetitions));
  };
  expect([await largest(), await largest(), await largest()]).toEqual([60, 9, 6]);
});

describe('an agent in a column of which', () => {
  it.each([
    ['the end leads back to the beginning', `${oper}.5`, `${oper}.1`],
    ['a row comes again and again', `${oper}.5`, `${oper}.5`],
  ])('%s: partial, the other is whole', async (_, from, to) => {
    const { client } = await against(table(ports(9), { [from]: to }));
    const { rows, complete } = await client.columns([admin, oper]);
    expect(complete).toEqual([true, false]);
    expect([...rows.values()]).toEqual([...Array(5).fill([1, 2]), ...Array(4).fill([1, undefined])]);
  });
});

describe('v1', () => {
  const v1 = (count: number, named = true) => {
    const whole = table(ports(count));
    return (request: Request): Reply => {
      const { varbinds } = whole(request);
      const at = varbinds.findIndex(([, value]) => (value[0] ?? 0) >= 0x80);
      const asked = request.oids.map((name): [string, Buffer] => [name, element(0x05)]);
      return at < 0 ? { varbinds } : { status: 2, index: named ? at + 1 : 0, varbinds: named ? asked : [] };
    };
  };

  it.each([true, false])('reads by GETNEXT; noSuchName ends a column, named: %s', async (named) => {
    const { client, requests } = await against(v1(3, named), '1');
    const { rows, complete } = await client.columns([admin, oper, '1.3.6.1.2.1.98', '1.3.6.1.2.1.99.1.9']);
    expect([...rows]).toEqual(['1', '2', '3'].map((index) => [index, [1, 2, undefined, undefined]]));
    expect(complete).toEqual([true, true, true, true]);
    expect(requests.every(({ kind, version }) => kind === 'next' && version === 0)).toBe(true);
    expect(requests.length).toBe(named ? 5 : 11);
  });
});

describe('an answer that makes no sense', () => {
  it.each<[string, (request: Request) => Reply | Buffer]>([
    ['genErr', () => ({ status: 5, varbinds: [] })],
    ['none at all', () => ({ varbinds: [] })],
    ['one too many', () => ({ varbinds: Array(2).fill([upTime, integer(1)]) })],
    ['what is no BER', () => Buffer.from('3082ffff', 'hex')],
    ['an address of 3 bytes', () => ({ varbinds: [[upTime, element(0x40, [1, 2, 3])]] })],
    ['an integer of 40 bytes', () => ({ varbinds: [[upTime, element(0x02, Buffer.alloc(40, 9))]] })],
  ])('fails as such: %s', async (_, answer) => {
    const { client } = await against(answer);
    await expect(scalarsOf(client, [upTime])).rejects.toMatchObject({ code: 'protocol' });
  });

  it('does not stop the next one', async () => {
    let asked = 0;
    const whole = table(ports(3));
    const { client } = await against((request) => {
      asked += 1;
      return asked % 2 === 1 ? Buffer.from('30', 'hex') : whole(request);
    });
    for (let i = 0; i < 5; i += 1) {
      const [value] = await scalarsOf(client, [upTime]).catch(() => scalarsOf(client, [upTime]));
      expect(value).toBe(4_294_967_000);
    }
  });
});
