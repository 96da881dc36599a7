import type { GuestState } from '@huismeester/simulators';
import { templatePool } from './tokens.ts';

const core = { pool: 'core', node: 'pve1', shutdownSeconds: 2, startSeconds: 1 } as const;
const spaceWide = { pool: 'spacewide', node: 'pve1', shutdownSeconds: 1.5, startSeconds: 1 } as const;
const participant = {
  pool: 'deelnemers',
  node: 'pve2',
  shutdownSeconds: 1,
  startSeconds: 0.5,
  disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 10 }],
};
/** Of it containers are made. */
export const ostemplate = 'debian-13-standard_13.1-2_amd64.tar.zst';

function guest(
  vmid: number,
  name: string,
  where: Partial<GuestState> & Pick<GuestState, 'node'>,
): GuestState {
  return { vmid, name, type: 'qemu', status: 'running', agent: true, cores: 2, memoryMiB: 2048, ...where };
}

/** Nine guests of all classes, one of which is off; the board's, which Huismeester never speaks of; and a template. */
export const demoGuests: GuestState[] = [
  guest(101, 'ldap', core),
  guest(102, 'website', core),
  guest(110, 'mqtt', spaceWide),
  guest(111, 'grafana', { ...spaceWide, node: 'pve2' }),
  guest(112, 'music', { ...spaceWide, type: 'lxc' }),
  guest(120, 'docker-lessons', participant),
  guest(121, 'game-server', participant),
  guest(122, 'wiki-camera', {
    ...participant,
    type: 'lxc',
    node: 'pve1',
    disks: [{ key: 'rootfs', storage: 'local-lvm', gib: 8 }],
  }),
  guest(123, 'old-experiment', { ...participant, status: 'stopped' }),
  guest(900, 'board-minutes', { node: 'pve1', pool: 'board' }),
  // A cloud image: what is made of it is up, and says its address, a few seconds after it was copied.
  guest(9000, 'debian-13', {
    node: 'pve2',
    pool: templatePool,
    template: true,
    status: 'stopped',
    disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 4 }],
    shutdownSeconds: 1,
    startSeconds: 1,
    agentSeconds: 3,
  }),
];
