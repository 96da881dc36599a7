import { decodes, type Misfit } from '../../define.ts';
import { tooShort } from './durations.ts';
import type { At, Probe } from './thing.ts';

/** What of the settings of one probe does not fit together. */
export const ofProbe = (each: Probe, at: At): Misfit[] => [
  ...verdicts(each, at),
  ...ldap(each, at),
  ...('url' in each ? address(each, at('url')) : []),
  ...tooShort(at('every'), each.every),
  ...tooShort(at('deadline'), each.deadline),
  ...otherRole(each, at('role')),
];

function otherRole({ kind, role }: Probe, path: (string | number)[]): Misfit[] {
  if (kind !== 'uplink' || role === undefined || role === 'uplink') return [];
  return [{ path, found: `"${role}"`, allowed: 'uplink, which a probe of kind uplink has anyway' }];
}

function verdicts(each: Probe, at: At): Misfit[] {
  const found: Misfit[] = [];
  const { down } = each;
  if (down?.failed !== undefined && down.of !== undefined && down.of < down.failed) {
    found.push({
      path: at('down', 'of'),
      found: String(down.of),
      allowed: `at least failed, which is ${down.failed}`,
    });
  }
  if (
    each.kind === 'uplink' &&
    each.targets &&
    new Set(each.targets.map((target) => target?.operator)).size < 2
  ) {
    const allowed = 'targets of at least two operators: one that fails is not the uplink';
    found.push({ path: at('targets'), found: 'targets of one operator', allowed });
  }
  return found;
}

function ldap(each: Probe, at: At): Misfit[] {
  if (each.kind !== 'ldap') return [];
  const found: Misfit[] = [];
  if (each.password !== undefined && each.bindDn === undefined) {
    found.push({
      path: at('bindDn'),
      found: 'nothing, but a password',
      allowed: 'the DN whose password it is',
    });
  }
  if (each.startTls === true && each.url?.startsWith('ldaps:')) {
    found.push({
      path: at('startTls'),
      found: 'true with ldaps://',
      allowed: 'one of the two: ldap:// with startTls, or ldaps://',
    });
  }
  return found;
}

/** Where a login belongs that somebody may have put into a URL. */
const logins = {
  http: 'a name and a password in it written with %40 for an @ and %25 for a %',
  ldap: 'a login goes in bindDn and password',
  mqtt: 'a login goes in username and password',
};

/** An address with a login in it is not shown: it may hold a password. */
function address(each: Probe & { url?: string | undefined }, path: (string | number)[]): Misfit[] {
  const { kind, url: text } = each;
  if (text === undefined || !(kind === 'http' || kind === 'ldap' || kind === 'mqtt')) return [];
  const found = text.includes('@') ? 'a URL with a login in it' : JSON.stringify(text);
  const url = URL.parse(text);
  if (url === null || url.hostname === '') {
    return [
      { path, found: `${found}, which is no URL`, allowed: `such as ${examples[kind]}; ${logins[kind]}` },
    ];
  }
  const isLogin = url.username !== '' || url.password !== '';
  if (!isLogin || (kind === 'http' && decodes(url.username) && decodes(url.password))) return [];
  return [{ path, found, allowed: `such as ${examples[kind]}; ${logins[kind]}` }];
}

const examples = {
  http: 'https://hackalot.nl/',
  ldap: 'ldaps://ldap.space',
  mqtt: 'mqtts://broker.space:8883',
};
