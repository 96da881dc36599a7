import { describe, expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { neededSessionFile, sessionFile } from './session-file.ts';

const file = (env: Record<string, string>) => sessionFile({ env, cwd: '/here' });

describe('the file of the session', () => {
  it('is where the environment says, else where configuration of a person is', () => {
    expect(file({ HOME: '/home/me' })).toBe('/home/me/.config/huismeester/session.json');
    expect(file({ HOME: '/home/me', XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/huismeester/session.json');
    expect(file({ HOME: '/home/me', XDG_CONFIG_HOME: 'cfg' })).toBe(
      '/home/me/.config/huismeester/session.json',
    );
    expect(file({ HOME: '/home/me', HUISMEESTER_SESSION: 's.json' })).toBe('/here/s.json');
  });

  it('is nowhere for who has no home', () => {
    expect(file({})).toBeUndefined();
    expect(() => neededSessionFile({ env: {}, cwd: '/here' })).toThrow(UsageError);
  });
});
