import { describe, expect, it } from 'vitest';
import type { RealSpace } from './real-space.ts';

/** The team takes somebody in, decides about her, and she leaves; jan, of the board, and piet are its full members. */
export function team(theSpace: () => RealSpace): void {
  describe('the team', () => {
    const done = async (...args: string[]) => {
      const { code, stdout, stderr } = await theSpace().ran(...args);
      expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
      return stdout;
    };

    it('takes in who applied, by votes, and the one that decides says so', async () => {
      expect(await done('apply', '--as', 'els')).toContain('(JOIN-1)');
      expect(await done('vote', 'els', 'yes', '--as', 'jan')).toContain('open, until');
      expect(await done('application')).toMatch(/^els +open +1\/2 /m);
      expect(await theSpace().ran('vote', 'els', 'yes', '--as', 'piet')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/approved[\s\S]*\n.*vote els yes --decides/),
      });
      // jan is of the board, and voted yes: nobody is waited for.
      expect(await done('vote', 'els', 'yes', '--decides', '--as', 'piet')).toContain('of the team');
      expect(await done('team')).toMatch(/^els .*on trial until/m);
    });

    it('grants, confirms by one command typed by two, and suspends', async () => {
      expect(await done('grant', 'els', 'class/participant', '--for', '20d', '--as', 'piet')).toContain(
        '(JOIN-3)',
      );
      expect(
        await theSpace().ran('grant', 'els', 'class/core', '--for', '20d', '--as', 'piet'),
      ).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('core'),
      });
      expect(await done('team', 'confirm', 'els', '--as', 'jan')).toContain('huismeester team confirm els');
      expect(await done('team', 'confirm', 'els', '--as', 'piet')).toContain('a full member now (JOIN-3)');
      expect(await done('team', 'suspend', 'els', '--because', 'keys were lost', '--as', 'jan')).toContain(
        '(TEAM-1)',
      );
      const shown = await done('team', 'show', 'els', '--lang', 'nl');
      expect(shown).toContain('geschorst tot');
      expect(shown).toContain('daarna weer volledig lid');
    });

    it('shows what follows if somebody leaves, and afterwards what is to be done', async () => {
      expect(await done('departure', 'jan')).toContain('no board member would be in the team');
      expect(await theSpace().ran('team', 'leave', '--yes', '--as', 'jan')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('team leave --yes --name jan'),
      });
      expect(await done('team', 'leave', '--yes', '--as', 'els')).toContain('(TEAM-1)');
      expect(await done('departure', 'els', '--as', 'jan')).toContain('[ ] wiki');
      expect(await done('departure', 'els', '--done', 'wiki', '--as', 'jan')).toContain(
        'wiki is done (TEAM-2)',
      );
      expect(await done('departure', 'els', '--as', 'jan')).toContain('[x] wiki');
    });

    it('is in the export, without what anybody voted, or why', async () => {
      const text = await done('export');
      expect(JSON.parse(text).team.items).toContainEqual(expect.objectContaining({ register: 'former' }));
      const { applications, access } = JSON.parse(text);
      expect(applications.items).toContainEqual(expect.objectContaining({ state: 'carried-out' }));
      expect(JSON.parse(text)).toMatchObject({ 'access/lists': { items: [] }, 'service-accounts': {} });
      expect(access).toHaveProperty('items');
      for (const part of [
        '"votes":',
        '"voted"',
        '"recorded"',
        '"would"',
        '"vote"',
        'keys were lost',
        '"because": "keys',
      ])
        expect(text).not.toContain(part);
    });
  });
}
