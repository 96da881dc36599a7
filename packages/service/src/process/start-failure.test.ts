import { DatabaseLocked, DatabaseRefused } from '@huismeester/database';
import { describe, expect, it } from 'vitest';
import { cannotListen } from '../listeners/cannot-listen.ts';
import { LocalSocketError } from '../listeners/local-socket.ts';
import { SettingsError } from '../settings/error.ts';
import { ServiceNotConfigured } from './sources.ts';
import { NotForProcesses, startFailure } from './start-failure.ts';

const system = (code: string, message: string) => Object.assign(new Error(message), { code });
const here = { host: '127.0.0.1', port: 80, setting: 'http' };

describe('why it cannot start', () => {
  it.each([
    [
      'the directory is open elsewhere',
      new DatabaseLocked('it is open in process 7; end that one'),
      'Huismeester cannot start: it is open in process 7; end that one.',
    ],
    [
      'PostgreSQL does not let us in',
      new DatabaseRefused('database.url: no'),
      'Huismeester cannot start: database.url: no.',
    ],
    [
      'settings are for one process',
      new NotForProcesses('broker: no'),
      'Huismeester cannot start: broker: no.',
    ],
    [
      'the port is taken',
      cannotListen(system('EADDRINUSE', 'listen EADDRINUSE: address already in use'), here),
      'Huismeester cannot start: http.port: another process listens on port 80 of 127.0.0.1, maybe a Huismeester that ' +
        'already runs; end that one, or set another http.port (0 takes any free one).',
    ],
    [
      'the port is for root alone',
      cannotListen(system('EACCES', 'listen EACCES: permission denied'), here),
      'Huismeester cannot start: http.port: this user may not listen on port 80 of 127.0.0.1; set one of 1024 or more.',
    ],
    [
      'the address is another machine’s',
      cannotListen(system('EADDRNOTAVAIL', 'listen EADDRNOTAVAIL'), { ...here, host: '10.9.9.9' }),
      'Huismeester cannot start: http.host: 10.9.9.9 is no address of this machine (EADDRNOTAVAIL); set one that it has, 127.0.0.1 or 0.0.0.0.',
    ],
    ['the socket is taken', new LocalSocketError('no'), 'Huismeester cannot start: no.'],
    ['a service is nowhere', new ServiceNotConfigured('no'), 'Huismeester cannot start: no.'],
  ])('is said in words: %s', (_what, error, said) => {
    expect(startFailure(error)).toBe(said);
  });

  it('leaves the problems of the settings as they are, a line each', () => {
    const problem = { line: 3, path: 'ups', found: 'x', allowed: 'y' };
    const error = new SettingsError('space.yaml', [problem, { ...problem, line: 4 }]);
    expect(startFailure(error)).toBe(
      'space.yaml:3: ups: found x, allowed: y\nspace.yaml:4: ups: found x, allowed: y',
    );
  });

  it('names the settings of a service alone', () => {
    const setting = 'services.policy.listen';
    expect(startFailure(cannotListen(system('EADDRINUSE', ''), { ...here, setting }))).toMatch(
      /^Huismeester cannot start: services\.policy\.listen\.port: another .* set another services\.policy\.listen\.port /,
    );
  });

  it('is not said of a fault of the program', () => {
    expect(startFailure(new TypeError('x is not a function'))).toBeUndefined();
    expect(startFailure(cannotListen(new Error('other'), here))).toBeUndefined();
    expect(startFailure('thrown text')).toBeUndefined();
  });
});
