import { readFileSync } from 'node:fs';
import { type Right, rights } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { pveumCommands, pveumForToken, pveumRemedy } from './pveum.ts';
import { neededRights } from './rights.ts';

const doc = readFileSync(new URL('../../../../docs/rights.md', import.meta.url), 'utf8');
const token = 'huismeester@pve!operate';
const pools = ['core', 'spacewide', 'deelnemers'];
const template = { id: 'debian', kind: 'qemu' as const, minDisk: '4GiB' };
const making = {
  pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
  nodes: {},
  templates: [
    { ...template, vmid: 9000 },
    { ...template, id: 'debian-lxc', kind: 'lxc' as const, ostemplate: 'local:vztmpl/debian.tar.zst' },
  ],
  storage: 'local-lvm',
  bridge: 'vmbr0',
};

describe('docs/rights.md', () => {
  it('has the table of the program, no row more or less', () => {
    const row = ({ token: of, privilege, on, feature, without }: Right) =>
      `| ${of} | \`${privilege}\` | \`${on}\` | ${feature} | ${without} |`;
    expect(doc.split('\n').filter((line) => /^\| \w+ \| `/.test(line))).toEqual(rights.map(row));
  });

  it('has the commands of the program', () => {
    const blocks = [...doc.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]?.trimEnd().split('\n'));
    const plain = pveumCommands({ token, pools, shutdownNodes: [] });
    const withNode = pveumCommands({ token, pools, shutdownNodes: ['pve1'] });
    expect(blocks).toEqual([
      plain,
      withNode.filter((line) => !plain.includes(line)),
      pveumForToken('create', { token: 'huismeester@pve!create', settings: making }),
      pveumForToken('promote', { token: 'huismeester@pve!promote', settings: making }),
      pveumForToken('review', { token: 'huismeester@pve!review', settings: making }),
    ]);
  });
});

describe('the rights that settings need', () => {
  const node = {
    poweredBy: ['rack'],
    nodeShutdown: 'upsmon' as const,
    ownShutdown: '2m',
    wakeAddress: '255.255.255.255:9',
  };
  const settings = {
    pools: { core: 'core' },
    nodes: { pve1: node, pve2: { ...node, nodeShutdown: 'huismeester' as const } },
  };

  it('are those on each pool and node, and of node shutdown only where it is ours', () => {
    const needed = neededRights(settings, ['pve1', 'pve2', 'pve3']);
    expect(needed.map(({ right, path }) => `${right.privilege} ${path}`)).toEqual([
      'VM.Audit /pool/core',
      'VM.PowerMgmt /pool/core',
      'Pool.Audit /pool/core',
      'Sys.Audit /',
      'Sys.Audit /nodes/pve1',
      'Sys.Audit /nodes/pve2',
      'Sys.Audit /nodes/pve3',
      'Sys.PowerMgmt /nodes/pve2',
    ]);
  });

  it('are granted by a role with all that the place needs, since it replaces what comes from above', () => {
    const onNode = neededRights(settings, ['pve2']).filter(({ path }) => path === '/nodes/pve2');
    const [audit, power] = onNode.map((needed) => pveumRemedy(token, needed, true));
    expect(audit).toBe(power);
    expect(audit).toBe(
      'pveum role modify HuismeesterNode --privs "Sys.Audit Sys.PowerMgmt" || pveum role add HuismeesterNode --privs "Sys.Audit Sys.PowerMgmt"; ' +
        "pveum acl modify /nodes/pve2 --users huismeester@pve --tokens 'huismeester@pve!operate' --roles HuismeesterNode",
    );
  });

  it('of a node that is not shut down by us are no more than to look', () => {
    const [needed] = neededRights(settings, ['pve1']).filter(({ path }) => path === '/nodes/pve1');
    if (!needed) throw new Error('no right on the node');
    expect(pveumRemedy(token, needed, false)).toContain('role add HuismeesterAudit --privs "Sys.Audit";');
  });
});

it('a name is one word to the shell', () => {
  const commands = pveumCommands({ token: "it's@pve!a b", pools: [], shutdownNodes: [] });
  expect(commands).toContain(`pveum user add 'it'\\''s@pve'`);
  expect(commands.at(-1)).toContain(`--tokens 'it'\\''s@pve!a b' --roles`);
});

describe('the rights of the token that makes VMs', () => {
  it('hold on the participants’ pool alone, on templates, and on what disks and cards are made of', () => {
    const paths = new Set(neededRights(making, ['pve1'], 'create').map(({ path }) => path));
    expect([...paths]).toEqual([
      '/pool/deelnemers',
      '/vms/9000',
      '/storage/local-lvm',
      '/storage/local',
      '/sdn/zones/localnetwork/vmbr0',
    ]);
  });

  it('are none where no VM can be made', () => {
    expect(neededRights({ pools: { core: 'core' }, nodes: {} }, ['pve1'], 'create')).toEqual([]);
  });
});
