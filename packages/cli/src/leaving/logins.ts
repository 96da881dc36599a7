import { type HypervisorSettings, rights, type SpaceSettings, type TokenName } from '@huismeester/contracts';
import { pveumRemoval } from '../check/pveum.ts';
import { neededRights, roleOf } from '../check/rights.ts';

/** The commands for root on a node that take a hypervisor's tokens away. */
export interface ProxmoxRemoval {
  /** Its id in the settings; missing: the tokens that `init` proposes, since no settings were read. */
  readonly hypervisor?: string;
  readonly commands: readonly string[];
}

const proposedUser = 'huismeester@pve';
const tokenNames: readonly TokenName[] = ['operate', 'create', 'promote', 'review'];

/** What takes our tokens out of each Proxmox VE; without settings of those that `init` proposes. */
export function proxmoxRemovals(hypervisors: readonly HypervisorSettings[] | undefined): ProxmoxRemoval[] {
  if (hypervisors === undefined) {
    const tokens = tokenNames.map((name) => `${proposedUser}!${name}`);
    return [{ commands: pveumRemoval(tokens, unique(rights.map(roleOf))) }];
  }
  return hypervisors.map((settings) => {
    const given = tokenNames.flatMap((name) => {
      const token = settings.tokens[name];
      return token === undefined ? [] : [{ name, id: token.id }];
    });
    const nodes = Object.keys(settings.nodes);
    const shutDown = nodes.filter((node) => settings.nodes[node]?.nodeShutdown === 'huismeester');
    const roles = given.flatMap(({ name }) =>
      neededRights(settings, shutDown, name).map(({ right }) => roleOf(right)),
    );
    return {
      hypervisor: settings.id,
      commands: pveumRemoval(
        given.map(({ id }) => id),
        unique(roles),
      ),
    };
  });
}

/** Another login that was made for Huismeester: where, by the path of the setting, and what it is called there. */
export interface Login {
  readonly setting: string;
  readonly at: string;
  readonly login: string;
}

/** Every login of the settings but those at Proxmox; secrets are not among what is shown. */
export function loginsIn({ ups, switches, directory, broker, mail, wiki, notices }: SpaceSettings): Login[] {
  const brokerLogins =
    'embedded' in broker
      ? []
      : unique([
          ...(broker.username === undefined ? [] : [broker.username]),
          ...Object.values(broker.credentials).flatMap((each) => each?.username ?? []),
          ...(broker.jetstream?.username === undefined ? [] : [broker.jetstream.username]),
        ]).map((login) => ({ setting: 'broker', at: placesOf(broker.url), login }));
  return [
    ...ups.flatMap(({ id, upsd }) =>
      upsd.username === undefined
        ? []
        : [{ setting: `ups ${id}`, at: `${upsd.host}:${upsd.port}`, login: upsd.username }],
    ),
    ...switches.map(({ id, host, snmp }) => ({
      setting: `switches ${id}`,
      at: host,
      login: 'user' in snmp ? `SNMP ${snmp.user}` : 'SNMP community, trap receiver',
    })),
    ...(directory !== undefined && 'ldap' in directory && directory.ldap.bindDn !== undefined
      ? [{ setting: 'directory', at: placesOf(directory.ldap.urls), login: directory.ldap.bindDn }]
      : []),
    ...brokerLogins,
    ...(mail?.username === undefined ? [] : [{ setting: 'mail', at: mail.url, login: mail.username }]),
    ...(wiki?.bot === undefined
      ? []
      : [{ setting: 'wiki.bot', at: wiki.api, login: `${wiki.bot.username} (Special:BotPasswords)` }]),
    ...(notices.ntfy?.token === undefined
      ? []
      : [{ setting: 'notices.ntfy', at: notices.ntfy.url, login: notices.ntfy.topic }]),
  ];
}

function placesOf(urls: string | readonly string[]): string {
  return [urls].flat().join(', ');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
