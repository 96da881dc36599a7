import { type Hold, type StoredEvent, serviceNames } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { Running } from '../run-cli.ts';
import type { RealSpace } from './real-space.ts';

export function events(space: () => RealSpace): void {
  const parsed = (stdout: string): StoredEvent[] =>
    stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const ids = (stdout: string) => parsed(stdout).map(({ id }) => id);
  const some = async (...args: string[]) => parsed((await space().ran('events', '--json', ...args)).stdout);
  const hold = async (what: string) => {
    const args = ['hold', what, '--for', '1h', '--because', 'a new disk'];
    return (await space().json<Hold>(...args)).id;
  };

  describe('events', () => {
    it('are those of all services by time', async () => {
      const all = await some('--limit', '1000');
      expect(new Set(all.map(({ source }) => source)).size).toBe(serviceNames.length);
      for (const [index, { source, position, time }] of all.slice(1).entries()) {
        const before = all[index];
        // A log has its own order: of two transactions at once the one with the later time may be the first.
        if (before?.source === source) expect(position).toBeGreaterThan(before.position);
        else expect(Date.parse(time)).toBeGreaterThanOrEqual(Date.parse(before?.time ?? ''));
      }
    });

    it('are the newest, unless a position is given', async () => {
      const released = await hold('105');
      await space().ran('release', released);
      // More may be appended between one look and the next.
      const all = () => some('--service', 'policy', '--limit', '1000');
      const before = (await all()).at(-1);
      const [newest] = await some('--service', 'policy', '--limit', '1');
      expect(newest?.position).toBeGreaterThanOrEqual(before?.position ?? Number.NaN);
      expect(await all()).toContainEqual(newest);
      const since = await some('--service', 'policy', '--limit', '2', '--since', '1');
      expect(since.map(({ position }) => position)).toEqual([2, 3]);
    });

    it('of one subject are the newest of it, however far back', async () => {
      const all = async () => (await some('--limit', '1000')).filter(({ subject }) => subject === 'vm/101');
      const before = (await all()).at(-1);
      const [newest] = await some('--subject', 'vm/101', '--limit', '1');
      expect(newest?.position).toBeGreaterThanOrEqual(before?.position ?? Number.NaN);
      expect(await all()).toContainEqual(newest);
      expect((await space().ran('events', '--subject', 'vm/999')).stderr).toBe(
        'No event with --subject vm/999.\n',
      );
    });
  });

  describe('events that are followed', () => {
    let following: Running | undefined;
    afterEach(async () => {
      following?.stop();
      await following?.ended;
    });

    it('are those of one subject, if so asked', async () => {
      const args = ['--follow', '--json', '--subject', 'rule/power/core-1', '--service', 'policy'];
      following = space().follows('events', ...args);
      const { stdout } = following;
      const before = await some('--service', 'policy', '--subject', 'rule/power/core-1');
      await waitFor('it shows what there is', () => parsed(stdout()).length >= before.length);
      await space().ran('enforce', 'keep-running/SPACE-3');
      await space().ran('enforce', 'power/CORE-1');
      const seen = await waitFor('it is shown', () => {
        const found = parsed(stdout());
        return found.length > before.length && found;
      });
      expect(new Set(seen.map(({ subject }) => subject))).toEqual(new Set(['rule/power/core-1']));
      for (const clause of ['keep-running/SPACE-3', 'power/CORE-1']) await space().ran('dry-run', clause);
    });

    it('go on through a kill and a restart, none missed and none twice, and into a log that takes the place of another', async () => {
      following = space().follows('events', '--follow', '--json', '--service', 'policy');
      const { stdout, stderr } = following;
      await hold('105');
      const [before] = await some('--service', 'policy', '--limit', '1');
      await waitFor('the hold is shown', () => ids(stdout()).includes(before?.id ?? ''));
      await space().kill();
      await waitFor('it says that it waits', () => stderr().includes('waiting for it'));
      await space().start();
      await waitFor('it says that it goes on', () => stderr().includes('answers again'));
      await space().ran('release', '105');
      const known = await some('--service', 'policy', '--limit', '1000');
      await waitFor('the release is shown', () => ids(stdout()).includes(known.at(-1)?.id ?? ''));
      // More may be appended, and shown, meanwhile.
      const last = known.at(-1)?.position ?? 0;
      const shown = parsed(stdout()).filter(({ position }) => position <= last);
      expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
      const first = shown[0]?.position ?? 0;
      expect(known.slice(first - 1).map(({ id }) => id)).toEqual(shown.map(({ id }) => id));

      await space().kill();
      await space().forget();
      await space().start();
      await hold('104');
      const [fresh] = await some('--service', 'policy', '--limit', '1');
      await waitFor('the new log is shown', () => ids(stdout()).includes(fresh?.id ?? ''));
      expect(stderr()).toContain('the log of policy was replaced');
      following.stop();
      expect((await following.ended).code).toBe(0);
      // It starts the program twice.
    }, 300_000);
  });
}
