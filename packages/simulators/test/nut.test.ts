import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Child, freePort, handClock, startChild, waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NutSimulator, startNutSimulator, startSimulatedUps } from '../src/index.ts';

/** All that the server says to these lines on one connection. */
async function ask(port: number, ...lines: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answers = '';
  socket.on('data', (text: string) => {
    answers += text;
  });
  socket.write([...lines, 'LOGOUT', ''].join('\n'));
  await once(socket, 'close');
  return answers.trimEnd().split('\n').slice(0, -1);
}

describe('the NUT simulator, request by request as upsd 2.8 answers', () => {
  const clock = nutClock();
  let simulator: NutSimulator;
  beforeEach(async () => {
    simulator = await startNutSimulator({
      clock,
      users: [
        { name: 'admin', password: 'secret' },
        { name: 'reader', password: 'secret', may: ['LOGIN'] },
      ],
      upses: [
        {
          name: 'rack',
          description: 'The "rack"',
          vars: { 'ups.status': 'OL', 'battery.charge': '100', 'driver.name': 'x', 'ups.beeper': 'on' },
          enums: { 'ups.beeper': ['on', 'off'] },
        },
      ],
    });
  });
  afterEach(() => simulator.close());

  it.each([
    ['VER', ['Network UPS Tools upsd 2.8.0 - a simulator, not the real one']],
    ['NETVER', ['1.3']],
    ['FOO', ['ERR UNKNOWN-COMMAND']],
    ['constructor', ['ERR UNKNOWN-COMMAND']],
    ['', ['ERR UNKNOWN-COMMAND']],
    ['GET VAR', ['ERR INVALID-ARGUMENT']],
    ['get var RACK Ups.Status', ['VAR RACK Ups.Status "OL"']],
    ['GET VAR attic ups.status', ['ERR UNKNOWN-UPS']],
    ['GET VAR rack nope', ['ERR VAR-NOT-SUPPORTED']],
    ['GET TYPE rack ups.status', ['TYPE rack ups.status RW STRING:32']],
    ['GET TYPE rack battery.charge', ['TYPE rack battery.charge RW NUMBER']],
    ['GET TYPE rack ups.beeper', ['TYPE rack ups.beeper RW ENUM']],
    ['GET DESC rack ups.status', ['DESC rack ups.status "Description unavailable"']],
    ['GET UPSDESC rack', ['UPSDESC rack "The \\"rack\\""']],
    ['GET NUMLOGINS rack', ['NUMLOGINS rack 0']],
    ['LIST UPS', ['BEGIN LIST UPS', 'UPS rack "The \\"rack\\""', 'END LIST UPS']],
    ['LIST CMD rack', ['BEGIN LIST CMD rack', 'CMD rack load.off', 'END LIST CMD rack']],
    [
      'LIST ENUM rack ups.beeper',
      [
        'BEGIN LIST ENUM rack ups.beeper',
        'ENUM rack ups.beeper "on"',
        'ENUM rack ups.beeper "off"',
        'END LIST ENUM rack ups.beeper',
      ],
    ],
    ['LIST CLIENT rack', ['BEGIN LIST CLIENT rack', 'END LIST CLIENT rack']],
    ['LIST FOO rack', ['ERR INVALID-ARGUMENT']],
    ['LOGIN rack', ['ERR USERNAME-REQUIRED']],
    ['STARTTLS', ['ERR FEATURE-NOT-CONFIGURED']],
  ])('%s', async (request, answers) => {
    expect(await ask(simulator.port, request)).toEqual(answers);
  });

  it('lists variables in order, and driver.* as read-only', async () => {
    const answers = await ask(simulator.port, 'LIST VAR rack', 'LIST RW rack');
    const rows = (kind: string) => answers.filter((line) => line.startsWith(`${kind} `));
    expect(rows('VAR').map((row) => row.split(' ')[2])).toEqual([
      'battery.charge',
      'driver.name',
      'ups.beeper',
      'ups.status',
    ]);
    expect(rows('RW')).toHaveLength(3);
  });

  it('answers OK to a wrong password, and refuses only what needs it', async () => {
    expect(
      await ask(
        simulator.port,
        'USERNAME admin',
        'PASSWORD wrong',
        'PASSWORD secret',
        'LOGIN rack',
        'FSD rack',
      ),
    ).toEqual(['OK', 'OK', 'ERR ALREADY-SET-PASSWORD', 'ERR ACCESS-DENIED', 'ERR ACCESS-DENIED']);
  });

  it('keeps users to what they may', async () => {
    expect(
      await ask(
        simulator.port,
        'USERNAME reader',
        'PASSWORD secret',
        'SET VAR rack ups.status OB',
        'INSTCMD rack load.off',
        'LOGIN rack',
        'LOGIN rack',
        'LIST CLIENT rack',
      ),
    ).toEqual([
      'OK',
      'OK',
      'ERR ACCESS-DENIED',
      'ERR ACCESS-DENIED',
      'OK',
      'ERR ALREADY-LOGGED-IN',
      'BEGIN LIST CLIENT rack',
      'CLIENT rack 127.0.0.1',
      'END LIST CLIENT rack',
    ]);
  });

  it('lists who has logged in, here and elsewhere', async () => {
    simulator.clients('rack', ['10.0.0.11', '10.0.0.12']);
    const login = ['USERNAME reader', 'PASSWORD secret', 'LOGIN rack'];
    expect(await ask(simulator.port, ...login, 'LIST CLIENT rack', 'GET NUMLOGINS rack')).toEqual([
      'OK',
      'OK',
      'OK',
      'BEGIN LIST CLIENT rack',
      'CLIENT rack 127.0.0.1',
      'CLIENT rack 10.0.0.11',
      'CLIENT rack 10.0.0.12',
      'END LIST CLIENT rack',
      'NUMLOGINS rack 3',
    ]);
    simulator.clients('rack', []);
    expect(await ask(simulator.port, 'GET NUMLOGINS rack')).toEqual(['NUMLOGINS rack 0']);
  });

  it('lets a value be seen once', async () => {
    const seen = [
      simulator.glimpse('rack', 'ups.status', 'OB'),
      simulator.glimpse('rack', 'UPS.STATUS', 'OB LB'),
    ];
    const get = 'GET VAR rack ups.status';
    const answers = await ask(simulator.port, 'LIST VAR rack', get, get, get);
    expect(answers).toContain('VAR rack ups.status "OL"');
    expect(answers.slice(-3)).toEqual(
      ['"OB"', '"OB LB"', '"OL"'].map((value) => `VAR rack ups.status ${value}`),
    );
    await Promise.all(seen);
    simulator.remove('rack', 'ups.beeper');
    expect(await ask(simulator.port, 'GET VAR rack ups.beeper')).toEqual(['ERR VAR-NOT-SUPPORTED']);
  });

  it('says OK to SET before it takes effect', async () => {
    const login = ['USERNAME admin', 'PASSWORD secret'];
    expect(
      await ask(
        simulator.port,
        ...login,
        'SET VAR rack driver.name y',
        'SET VAR rack ups.beeper loud',
        'SET VAR rack ups.status "OB DISCHRG"',
        'GET VAR rack ups.status',
      ),
    ).toEqual(['OK', 'OK', 'ERR READONLY', 'ERR INVALID-VALUE', 'OK', 'VAR rack ups.status "OL"']);
    clock.advance(100);
    expect(simulator.get('rack', 'ups.status')).toBe('OB DISCHRG');
  });

  it.each(['DATA-STALE', 'DRIVER-NOT-CONNECTED'])('answers %s', async (code) => {
    if (code === 'DATA-STALE') simulator.stale('rack', true);
    else simulator.driverGone('rack', true);
    const answers = await ask(simulator.port, 'GET VAR rack ups.status', 'LIST VAR rack', 'LIST UPS');
    expect(answers.slice(0, 3)).toEqual([`ERR ${code}`, `ERR ${code}`, 'BEGIN LIST UPS']);
    simulator.stale('rack', false);
    simulator.driverGone('rack', false);
    expect(await ask(simulator.port, 'GET VAR rack ups.status')).toEqual(['VAR rack ups.status "OL"']);
  });

  it('keeps FSD until it is cleared', async () => {
    await ask(simulator.port, 'USERNAME admin', 'PASSWORD secret', 'FSD rack');
    expect(await ask(simulator.port, 'GET VAR rack ups.status')).toEqual(['VAR rack ups.status "FSD OL"']);
    simulator.set('rack', 'ups.status', 'OL CHRG');
    expect(simulator.get('rack', 'ups.status')).toBe('FSD OL CHRG');
    simulator.fsd('rack', false);
    expect(simulator.get('rack', 'ups.status')).toBe('OL CHRG');
  });

  it('goes down and comes back on the same port', async () => {
    await simulator.stop();
    await expect(ask(simulator.port, 'VER')).rejects.toThrow('ECONNREFUSED');
    await simulator.start();
    expect(await ask(simulator.port, 'NETVER')).toEqual(['1.3']);
  });
});

describe('a simulated UPS', () => {
  it('lives through a power cut', async () => {
    const clock = nutClock();
    const simulator = await startNutSimulator({
      clock,
      upses: [{ name: 'rack', vars: { 'battery.charge.low': '30' } }],
    });
    const ups = startSimulatedUps(simulator, {
      name: 'rack',
      clock,
      capacityS: 600,
      loadPct: 50,
      ratePctS: 1,
      speed: 10,
    });
    const seen = (...names: string[]) => names.map((name) => simulator.get('rack', name));
    expect(seen('ups.status', 'battery.charge', 'battery.runtime', 'ups.load', 'input.voltage')).toEqual([
      'OL',
      '100',
      '1200',
      '50',
      '230.0',
    ]);
    ups.powerCut();
    expect(seen('ups.status', 'input.voltage')).toEqual(['OB DISCHRG', '0.0']);
    clock.advance(60_000);
    expect(seen('ups.status', 'battery.charge', 'battery.runtime')).toEqual(['OB DISCHRG', '50', '600']);
    ups.setLoad(100);
    expect(seen('battery.runtime', 'ups.load')).toEqual(['300', '100']);
    clock.advance(13_000);
    expect(seen('ups.status', 'battery.charge')).toEqual(['OB DISCHRG LB', '28']);
    ups.mainsBack();
    expect(seen('ups.status', 'input.voltage')).toEqual(['OL CHRG LB', '230.0']);
    clock.advance(10_000);
    expect(seen('ups.status')).toEqual(['OL']);
    ups.powerCut();
    ups.setSpeed(0);
    clock.advance(100_000);
    expect(seen('ups.status', 'battery.charge')).toEqual(['OB DISCHRG', '100']);
    ups.close();
    await simulator.close();
  });
});

describe('the command', () => {
  let child: Child;
  afterEach(() => child.stop());
  const main = fileURLToPath(new URL('../src/nut/main.ts', import.meta.url));

  it('prints what it serves, obeys its commands, and ends on SIGINT', async () => {
    const port = await freePort();
    child = await startChild({
      command: process.execPath,
      args: [main, '--port', `${port}`, '--ups', 'attic'],
    });
    await child.ready('it says how to bring mains back', () => child.output().includes('simulator.mains.on'));
    expect(child.output()).toContain(`serving attic@127.0.0.1:${port}`);
    const password = /-p (\S+)/.exec(child.output())?.[1];
    await ask(port, 'USERNAME demo', `PASSWORD ${password}`, 'INSTCMD attic simulator.mains.off');
    expect(await ask(port, 'GET VAR attic ups.status')).toEqual(['VAR attic ups.status "OB DISCHRG"']);
    child.signal('SIGINT');
    await waitFor('it ends', () => !child.running());
  });

  it('refuses a port that is none', async () => {
    child = await startChild({ command: process.execPath, args: [main, '--port', 'x'] });
    await waitFor('it ends', () => !child.running());
    await waitFor('it says why', () => child.output().includes('expected a number from 0 to 65535'));
  });
});

/** As the simulator asks for time: in ms. */
function nutClock() {
  const { monotonicMs: now, after, advance } = handClock();
  return { now, after, advance };
}
