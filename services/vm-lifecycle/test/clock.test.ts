import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* Our clock was hours ahead when the guests were found; now it is only two minutes ahead of Proxmox's. */

const hours = 3 * 3_600_000;
const minutes = 2 * 60_000;
let dir: TempDir;
let space: Space;

beforeAll(async () => {
  dir = await tempDir('clock');
  const clock = join(dir.path, 'offset');
  await writeFile(clock, String(hours));
  space = await openSpace({
    guests: [guest(901), guest(902, { type: 'lxc', startSeconds: 60 })],
    more: `testing: { clockOffsetFile: ${clock}, acceptFalseClock: true }`,
  });
  const ahead = await Promise.all([901, 902].map((vmid) => found(space, vmid)));
  for (const { time } of ahead) expect(Date.parse(time)).toBeGreaterThan(Date.now() + hours / 2);
  await writeFile(clock, String(minutes));
  await waitFor('the clock to be set back', () => space.home.logged().includes(`"offsetMs":${minutes}`));
});
afterAll(async () => {
  await space.close();
  await dir.remove();
});

test('a person’s stop names the person', async () => {
  await byHand(space, '/nodes/pve1/qemu/901/status/stop');
  const stopped = await event(space, 901, 'vm.stopped');
  expect(stopped).toMatchObject({ actor: 'pve:jan@pve!laptop', data: { cause: 'person' } });
});

test('a container that reboots is off for a moment, which is no stop', async () => {
  const looks = () => space.simulator.requests.filter(({ path }) => path.endsWith('/902/status/current'));
  const before = looks().length;
  await byHand(space, '/nodes/pve1/lxc/902/status/reboot');
  await waitFor('it to be looked at while it is off', () => looks().length > before);
  await waitFor('it to be back', () => space.simulator.guest(902).status === 'running');
  expect((await space.home.eventsOf(902)).map(({ type }) => type)).toEqual(['vm.found']);
});
