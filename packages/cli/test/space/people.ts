import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@huismeester/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../run-cli.ts';
import { idOf } from './people-file.ts';
import type { RealSpace } from './real-space.ts';

/** The command line of somebody else, with a session of its own. */
async function somebody(space: RealSpace) {
  const dir = await tempDir('somebody');
  onTestFinished(() => dir.remove());
  const session = join(dir.path, 'session.json');
  const ran = (args: string[], password = '') =>
    runCli(args, {
      cwd: dir.path,
      env: { HUISMEESTER_SESSION: session },
      readInput: async () => `${password}\n`,
      now: () => new Date(),
    });
  const login = (uid: string, password: string) => ran(['login', uid, '--url', space.url], password);
  return { ran, login, session, dir: dir.path };
}

/** Sessions, people and the team, against the program. They leave a team and its violations behind. */
export function people(theSpace: () => RealSpace): void {
  describe('people', () => {
    it('log in, see who they are, and log out', async () => {
      const { ran, login, session } = await somebody(theSpace());
      expect(await login('PIET', 'piet')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('participant'),
      });
      const { secret } = JSON.parse(await readFile(session, 'utf8'));
      const me = JSON.parse((await ran(['whoami', '--json'])).stdout);
      expect(me).toMatchObject({
        person: idOf('piet'),
        uid: 'piet',
        roles: ['participant'],
        session: { current: true },
      });
      expect((await ran(['people'])).stderr).toContain('Not with this role');
      expect((await ran(['logout'])).code).toBe(0);
      const { url } = theSpace();
      const env = { HUISMEESTER_TOKEN: secret, HUISMEESTER_URL: url };
      expect((await runCli(['whoami'], { env })).code).toBe(1);
    });

    it('are refused one and the same way', async () => {
      const { login } = await somebody(theSpace());
      const wrong = await login('piet', 'wrong');
      expect(wrong).toMatchObject({ code: 1, stdout: '' });
      expect(await login('nobody', 'wrong')).toEqual(wrong);
    });

    it('choose for themselves, and get all that is kept about them', async () => {
      const { ran, login, dir } = await somebody(theSpace());
      await login('els', 'els');
      expect((await ran(['preferences', 'set', '--holiday', '2026-12-20..2027-01-03'])).code).toBe(0);
      expect((await ran(['preferences'])).stdout).toContain('2026-12-20 until 2027-01-03');
      expect((await ran(['whoami', '--export', 'me.json'])).code).toBe(0);
      expect(await readFile(join(dir, 'me.json'), 'utf8')).toContain('2026-12-20');
      const asRoot = await theSpace().json<{ person?: string }>('whoami', '--as', 'els');
      expect(asRoot.person).toBe(idOf('els'));
    });

    it('are the team that root begins with, once the directory says so, too, and until they are disabled', async () => {
      const space = theSpace();
      const { ran, login } = await somebody(space);
      await login('jan', 'jan');
      expect(await space.ran('team', 'start', 'jan', 'piet', '--board', 'jam')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('did you mean jan?'),
      });
      expect(await space.ran('team', 'start', 'jan', 'piet', '--board', 'jan')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('jan is to be added to the group team'),
      });
      expect((await space.ran('team', 'start', 'els', '--board', 'els')).stderr).toContain(
        'register of the team already',
      );
      await space.prints(['violations'], (stdout) => stdout.includes('person piet'));
      expect(JSON.parse((await ran(['whoami', '--json'])).stdout).roles).toEqual(['participant', 'board']);
      await space.people.set({ groups: { team: ['jan', 'piet'] } });
      await space.prints(['people'], (stdout) => /jan .*infrateam/.test(stdout));
      expect(JSON.parse((await ran(['whoami', '--json'])).stdout).roles).toContain('infrateam');
      await space.prints(['team', '--lang', 'nl'], (stdout) => !stdout.includes('moet bij'));
      await space.people.set({ groups: { team: ['jan', 'piet'] }, disabled: ['jan'] });
      await space.prints(['people', 'show', 'jan'], (stdout) => stdout.includes('disabled'));
      expect(await ran(['whoami'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('huismeester login'),
      });
      await space.people.set({ groups: { team: ['jan', 'piet'] } });
    });

    it('of whom many are gone at once stay, until somebody accepts that', async () => {
      const space = theSpace();
      const groups = { team: ['jan', 'piet'] };
      await space.people.set({ groups, gone: ['een', 'twee', 'drie'] });
      const stdout = await space.prints(['directory', 'read'], (text) =>
        text.includes('3 of 6 people are gone'),
      );
      expect(stdout).toContain('People     6');
      expect((await space.ran('next')).stdout).toContain('huismeester directory accept');
      expect((await space.ran('directory', 'accept', '--yes')).code).toBe(0);
      await space.prints(
        ['directory', 'read'],
        (text) => text.includes('known (a file)') && text.includes('People     3'),
      );
      expect((await space.ran('directory', 'accept')).stdout).toContain('No change waits');
      await space.people.set({ groups });
      await space.prints(['directory', 'read'], (text) => text.includes('People     6'));
    });
  });
}
