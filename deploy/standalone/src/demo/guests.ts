import type { GuestState } from '@huismeester/simulators';

const core = { pool: 'core', node: 'pve1', shutdownSeconds: 2, startSeconds: 1 } as const;
const spaceWide = { pool: 'spacewide', node: 'pve1', shutdownSeconds: 1.5, startSeconds: 1 } as const;
const participant = { pool: 'deelnemers', node: 'pve2', shutdownSeconds: 1, startSeconds: 0.5 } as const;

function guest(
  vmid: number,
  name: string,
  where: Partial<GuestState> & Pick<GuestState, 'node'>,
): GuestState {
  return { vmid, name, type: 'qemu', status: 'running', agent: true, cores: 2, memoryMiB: 2048, ...where };
}

/** Nine guests of all classes, one of which is off, and the board's, which Huismeester never speaks of. */
export const demoGuests: GuestState[] = [
  guest(101, 'ldap', core),
  guest(102, 'website', core),
  guest(110, 'mqtt', spaceWide),
  guest(111, 'grafana', { ...spaceWide, node: 'pve2' }),
  guest(112, 'music', { ...spaceWide, type: 'lxc' }),
  guest(120, 'docker-lessons', participant),
  guest(121, 'game-server', participant),
  guest(122, 'wiki-camera', { ...participant, type: 'lxc', node: 'pve1' }),
  guest(123, 'old-experiment', { ...participant, status: 'stopped' }),
  guest(900, 'board-minutes', { node: 'pve1', pool: 'board' }),
];
