import { type Draft, type Misfit, milliseconds } from '../define.ts';
import type { DirectorySettings } from './settings.ts';
import type { AccessSettings, TeamSettings } from './team-settings.ts';

type Given = Draft<{
  directory: DirectorySettings;
  secrets: { key: string };
  team: TeamSettings;
  access: AccessSettings;
  hypervisors: readonly { readonly id: string }[];
}>;
type Ldap = Draft<Extract<DirectorySettings, { ldap: object }>['ldap']>;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What of the settings of the directory does not fit together. */
export function misfits({ directory, secrets, team = {}, access = {}, hypervisors = [] }: Given): Misfit[] {
  const found = [
    ...ofTeam(team),
    ...outside(['access', 'every'], access.every, minuteMs, dayMs, '1m to 24h'),
    ...calledAsAnother(hypervisors),
  ];
  if (directory === undefined) return found;
  const ldap = 'ldap' in directory ? directory.ldap : undefined;
  return [
    ...found,
    ...withoutKey(secrets),
    ...tooSeldom(directory.every),
    ...(ldap ? [...inClear(ldap), ...halfLogin(ldap)] : []),
  ];
}

/** Where accounts are looked for (CORE-4) has the id of the hypervisor, or one of these. */
const others = new Map([
  ['directory', 'the directory of people'],
  ['wiki', 'the wiki'],
]);

function calledAsAnother(hypervisors: NonNullable<Given['hypervisors']>): Misfit[] {
  return hypervisors.flatMap((each, index): Misfit[] => {
    const other = others.get(each?.id ?? '');
    if (other === undefined) return [];
    const allowed = `any other id: ${other} has this one`;
    return [{ path: ['hypervisors', index, 'id'], found: each?.id ?? '', allowed }];
  });
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Lengths of the team's decisions: none may be nothing, and who is reminded is reminded while the vote is open. */
function ofTeam({
  voting,
  remindBefore,
  boardPeriod,
  trial,
  suspension,
  keepVotes,
}: Draft<TeamSettings>): Misfit[] {
  const at = (key: string) => ['team', key];
  const most = 365 * dayMs;
  const found = [
    ...outside(at('voting'), voting, dayMs, most, '24h to 365d'),
    ...outside(at('boardPeriod'), boardPeriod, dayMs, most, '24h to 365d'),
    ...outside(at('trial'), trial, dayMs, most, '1d to 365d'),
    ...outside(at('suspension'), suspension, dayMs, most, '1d to 365d'),
    ...outside(at('keepVotes'), keepVotes, 30 * dayMs, most, '30d to 365d'),
  ];
  if (voting === undefined || remindBefore === undefined) return found;
  if (milliseconds(remindBefore) < milliseconds(voting)) return found;
  return [
    ...found,
    { path: at('remindBefore'), found: remindBefore, allowed: `less than team.voting, ${voting}` },
  ];
}

function outside(
  path: readonly string[],
  length: string | undefined,
  leastMs: number,
  mostMs: number,
  allowed: string,
): Misfit[] {
  if (length === undefined) return [];
  const ms = milliseconds(length);
  return ms >= leastMs && ms <= mostMs ? [] : [{ path, found: length, allowed }];
}

function withoutKey(secrets: Given['secrets']): Misfit[] {
  if (secrets !== undefined && 'key' in secrets) return [];
  const allowed =
    'with a directory: 32 characters or more that nobody knows (openssl rand -hex 32), such as { file: secrets/key }';
  return [{ path: ['secrets', 'key'], found: 'nothing', allowed }];
}

/** Who was disabled, or left a group, loses what it gave within a minute. */
function tooSeldom(every: string | undefined): Misfit[] {
  if (every === undefined) return [];
  const ms = milliseconds(every);
  if (ms >= 100 && ms <= 40_000) return [];
  return [{ path: ['directory', 'every'], found: every, allowed: '100ms to 40s' }];
}

function inClear({ urls = [], startTls }: Ldap): Misfit[] {
  return urls.flatMap((url, index): Misfit[] => {
    const parsed = url === undefined ? null : URL.parse(url);
    if (parsed === null) return [];
    const at = ['directory', 'ldap', 'urls', index];
    if (parsed.protocol === 'ldaps:') {
      const allowed = 'ldap:// where startTls is true, or ldaps:// without it';
      return startTls === true ? [{ path: at, found: 'ldaps:// with startTls', allowed }] : [];
    }
    if (startTls === true || loopback.has(parsed.hostname)) return [];
    const allowed = 'ldaps://…, or startTls: true: passwords would cross the network in clear text';
    return [{ path: at, found: 'ldap:// without startTls', allowed }];
  });
}

function halfLogin({ bindDn, bindPassword }: Ldap): Misfit[] {
  if ((bindDn === undefined) === (bindPassword === undefined)) return [];
  const missing = bindDn === undefined ? 'bindDn' : 'bindPassword';
  const allowed = 'both bindDn and bindPassword, or neither';
  return [{ path: ['directory', 'ldap', missing], found: 'nothing', allowed }];
}
