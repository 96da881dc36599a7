import { describe, expect, it } from 'vitest';
import { parseUpid } from './upid.ts';

describe('parseUpid', () => {
  it('reads a task that a token started', () => {
    const upid = 'UPID:pve1:0003A1B2:01F4C3D2:67408A10:qmshutdown:100:huismeester@pve!operate:';
    expect(parseUpid(upid)).toEqual({
      node: 'pve1',
      pid: 0x3a1b2,
      pstart: 0x1f4c3d2,
      startedAt: new Date(0x67408a10 * 1000),
      type: 'qmshutdown',
      id: '100',
      user: 'huismeester@pve',
      tokenId: 'operate',
    });
  });

  it('reads a task about no guest, and the nine digits of a node that runs for long', () => {
    const task = parseUpid('UPID:pve-2:00000001:1F4C3D2AB:67408A10:startall::root@pam:');
    expect(task).toMatchObject({ node: 'pve-2', id: '', user: 'root@pam', pstart: 0x1f4c3d2ab });
    expect(task).not.toHaveProperty('tokenId');
  });

  it.each([
    '',
    'OK',
    'UPID:pve1:1:2:3:qmstart:100:root@pam:',
    'UPID:pve1:0003A1B2:01F4C3D2:67408A10:qmstart:100:root@pam',
    'UPID:../x:0003A1B2:01F4C3D2:67408A10:qmstart:100:root@pam:',
  ])('takes %j for nothing', (text) => {
    expect(parseUpid(text)).toBeUndefined();
  });
});
