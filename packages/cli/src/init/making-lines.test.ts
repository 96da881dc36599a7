import { parseSettings } from '@huismeester/service';
import { describe, expect, it } from 'vitest';
import type { FoundForMaking } from './found.ts';
import { createTokenLines, mailLines, makingLines, reviewTokenLines, sizeLines } from './making-lines.ts';

const gib = 1024 ** 3;
const found: FoundForMaking = {
  highestVmid: 9001,
  leastMemory: 16 * gib,
  templates: [
    { vmid: 9000, name: 'debian-13', node: 'pve1', cloudInit: true, agent: true },
    { vmid: 9001, name: 'Debian 13', node: 'pve2', cloudInit: false, agent: false },
  ],
  storages: [
    { name: 'local-lvm', shared: false, freeBytes: 100 * gib },
    { name: 'ceph', shared: true, freeBytes: 900 * gib },
  ],
  ostemplates: [{ volid: 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst', node: 'pve1' }],
};

/** As whoever chooses all of it writes it: one `# ` less. */
const chosen = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/^( *)# (?=[\w-]+:|-| {2})/, '$1'));

function settingsWith(making: FoundForMaking | undefined) {
  const text = [
    'site: { id: a, name: A }',
    'broker: { embedded: {} }',
    'database: { url: postgres://h/h }',
    'hypervisors:',
    '  - id: pve',
    ...[
      'url: https://10.0.0.2:8006',
      `fingerprints: ["${Array.from({ length: 32 }, () => 'AA').join(':')}"]`,
      'tokens:',
      '  operate: { id: huismeester@pve!operate, secret: s }',
      ...chosen(createTokenLines('huismeester@pve!operate')),
      ...chosen(reviewTokenLines('huismeester@pve!operate')),
      'pools: { participant: deelnemers }',
      ...chosen(makingLines(making)),
    ].map((line) => `    ${line}`),
    ...chosen(sizeLines(making)),
    ...chosen(mailLines),
    '',
  ].join('\n');
  return parseSettings(text, {
    file: 'space.yaml',
    env: { PVE_CREATE_SECRET: 's', PVE_REVIEW_SECRET: 's' },
    readFile: () => '',
  });
}

describe('what init proposes for making VMs', () => {
  it('is settings once it is chosen, of what the cluster has', () => {
    const { hypervisors, sizes, quota, mail } = settingsWith(found);
    expect(hypervisors[0]).toMatchObject({
      vmids: { from: 10_000, to: 10_999 },
      templates: [
        { id: 'debian-13', vmid: 9000 },
        { id: 'debian-13-2', vmid: 9001 },
        { id: 'debian-13-standard', kind: 'lxc', ostemplate: found.ostemplates[0]?.volid },
      ],
      storage: 'ceph',
      bridge: 'vmbr0',
      tokens: { create: { id: 'huismeester@pve!create' }, review: { id: 'huismeester@pve!review' } },
    });
    expect(sizes.l).toEqual({ cores: 4, memory: '1024MiB', disk: '40GiB' });
    expect(quota.memory).toBe('2GiB');
    expect(mail?.url).toBe('smtp://localhost');
  });

  it('is settings too where nothing was seen', () => {
    expect(settingsWith(undefined).hypervisors[0]).toMatchObject({
      vmids: { from: 1000, to: 1999 },
      templates: [{ id: 'debian-13', vmid: 9000 }],
      storage: 'local-lvm',
    });
  });

  it('says what a template lacks', () => {
    const text = makingLines(found).join('\n');
    expect(text).toContain('debian-13 on pve1: has a cloud-init drive and the agent');
    expect(text).toContain('qm set 9001 --ide2 STORAGE:cloudinit; no guest agent: qm set 9001 --agent 1');
  });

  it('chooses nothing by itself', () => {
    const tokens = [...createTokenLines('h@pve!o'), ...reviewTokenLines('h@pve!o')];
    const all = [...tokens, ...makingLines(found), ...sizeLines(found), ...mailLines];
    expect(all.filter((line) => !line.trimStart().startsWith('#'))).toEqual([]);
  });
});
