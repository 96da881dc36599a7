import { readFileSync } from 'node:fs';
import { parseSettings } from '@huismeester/service';
import { describe, expect, it } from 'vitest';
import { loginsIn, proxmoxRemovals } from './logins.ts';

const example = readFileSync(new URL('../../../../docs/space.example.yaml', import.meta.url), 'utf8');
const values: Readonly<Record<string, string>> = {
  HUISMEESTER_DATABASE_URL: 'postgres://localhost/huismeester',
  PVE_FINGERPRINT: Array(32).fill('AA').join(':'),
};
const settings = parseSettings(example.replace('# review: {', 'review: {'), {
  file: '/etc/huismeester/space.yaml',
  env: new Proxy(
    {},
    { get: (_, name) => values[String(name)] ?? 'wiki0secret0of0thirty0two0characters0or0more' },
  ),
  readFile: () => 'wiki0secret0of0thirty0two0characters0or0more',
});

describe('what takes the tokens out of Proxmox', () => {
  const [removal] = proxmoxRemovals(settings.hypervisors);

  it('names the tokens of the settings, their user and the roles that were made for them, in an order that works', () => {
    expect(removal).toEqual({
      hypervisor: 'pve',
      commands: [
        'pveum user token remove huismeester@pve operate',
        'pveum user token remove huismeester@pve review',
        'pveum user delete huismeester@pve',
        'pveum role delete HuismeesterOperate',
        'pveum role delete HuismeesterAudit',
        'pveum role delete HuismeesterReview',
      ],
    });
  });

  it('leaves a user of another realm, who is somebody', () => {
    const [hypervisor] = settings.hypervisors;
    if (hypervisor === undefined) throw new Error('the example has a hypervisor');
    const ofJan = { ...hypervisor, tokens: { operate: { id: 'jan@pam!it', secret: 'x' } } };
    expect(proxmoxRemovals([ofJan])[0]?.commands).not.toContainEqual(expect.stringContaining('user delete'));
  });

  it('is of the tokens that init proposes where there are no settings', () => {
    expect(proxmoxRemovals(undefined)[0]?.commands).toEqual(
      expect.arrayContaining([
        'pveum user token remove huismeester@pve promote',
        'pveum role delete HuismeesterNode',
      ]),
    );
  });
});

it('the other logins are named, and no secret of theirs', () => {
  const found = loginsIn(settings);
  expect(found.map(({ setting, login }) => `${setting}: ${login}`)).toEqual([
    'switches sw1: SNMP community, trap receiver',
    'switches sw2: SNMP huismeester',
    'directory: cn=huismeester,ou=services,dc=hackalot,dc=nl',
    'mail: huismeester',
  ]);
  expect(JSON.stringify(found)).not.toContain('wiki0secret');
});
