import { parseSettings } from '@huismeester/service';
import { expect, it } from 'vitest';
import { planOf } from './plan.ts';
import { spaceYaml } from './space-yaml.ts';

const env = { HUISMEESTER_DATABASE_URL: 'postgres://x/x', PVE_OPERATE_SECRET: 's' };
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

function roundTrip(name: string) {
  const at = { host: '10.0.0.5', port: 3493 };
  const identity = { manufacturer: name, model: name };
  const plan = planOf({
    name,
    token: 'huismeester@pve!operate',
    secret: `"\${PVE_OPERATE_SECRET}"`,
    pools: { core: name },
    upses: [
      {
        at,
        name,
        description: name,
        clients: [],
        machine: [],
        now: { status: name, readings: {}, identity },
      },
      { at, name, description: name, clients: ['10.0.0.2'], machine: [] },
    ],
    proxmox: {
      url: 'https://[fd00::2]:8006',
      fingerprint,
      inventory: {
        nodes: [{ name, address: '10.0.0.2' }],
        pools: [{ id: `${name}x`, vms: 3 }],
        making: {
          highestVmid: 9000,
          leastMemory: 64 * 1024 ** 3,
          templates: [{ vmid: 9000, name, node: name, cloudInit: true, agent: true }],
          storages: [{ name, shared: true, freeBytes: 5e11 }],
          ostemplates: [{ volid: `local:vztmpl/${name}`, node: name }],
        },
      },
    },
  });
  return parseSettings(spaceYaml(plan), { file: 'space.yaml', env, readFile: () => '' });
}

it.each([
  'plain',
  'true',
  'null',
  '12',
  '0x10',
  '- a',
  'a: b',
  'a # b',
  '"quoted" \'twice\'',
  'back\\slash',
  `\${HOME} and $\${HOME}`,
  '{ file: /etc/shadow }',
  '&a *b !c |',
  'line\nsite: { id: other }',
  'bell\u0007 and \u2028 line',
  'Ünïcode ♥',
])('a name is no YAML: %j', (name) => {
  const settings = roundTrip(name);
  expect(settings.site.name).toBe(name);
  expect(settings.ups.map(({ upsd }) => upsd.name)).toEqual([name, name]);
  const [hypervisor] = settings.hypervisors;
  expect(hypervisor?.pools).toEqual({ core: name });
  expect(Object.keys(hypervisor?.nodes ?? {})).toEqual([name]);
  expect(hypervisor?.tokens.operate.secret).toBe('s');
});
