import type { SwitchSettings } from '@huismeester/contracts';
import { nearest } from '@huismeester/service';
import { credentialsOf, SnmpError, type SnmpErrorCode } from '@huismeester/snmp';
import { type Finding, look } from '../../check/finding.ts';
import { askSwitch, type FoundSwitch } from '../ask-switch.ts';
import type { Need } from './dependencies.ts';

/** The agent answers and takes the credentials; the ports that settings name, and those that things depend on, are there. */
export async function checkSwitch(
  { id, host, port, snmp, ports }: SwitchSettings,
  needs: readonly Need[] = [],
  ask: typeof askSwitch = askSwitch,
): Promise<Finding[]> {
  const what = `switch ${id}: its SNMP agent answers at ${host}:${port} and takes our credentials`;
  let code: SnmpErrorCode | undefined;
  const named = Object.keys(ports);
  const { finding, value } = await look(what, () =>
    ask({ host, port, credentials: credentialsOf(snmp), named }).catch((error: unknown) => {
      if (error instanceof SnmpError) ({ code } = error);
      throw error;
    }),
  );
  if (value === undefined) return [{ ...finding, remedy: `switch ${id}: ${remedyOf(code)}` }];
  return [
    finding,
    ...named.map((name) => namedPort(id, name, value)),
    ...needs.map((need) => neededPort(id, need, value)),
  ];
}

const remedies: Readonly<Record<SnmpErrorCode, string>> = {
  // An agent is silent to a community that it does not have (RFC 3584).
  timeout: 'turn SNMP on in it, for this machine; an agent does not answer a community that is not its own',
  unreachable:
    'see that DNS knows its host, that this machine has a route to it, and that SNMP is on in it, at that port',
  refused:
    'correct its user, auth and priv, or its community, in settings; in the switch, what they may read',
  'not-in-time-window':
    'see that no other device has its engine ID, and that it keeps count of its boots; it may need newer firmware',
  'too-big': 'raise the size of the largest SNMP message in it, or give it newer firmware',
  protocol: 'see that it is the switch that answers there, and ask it by hand with snmpwalk (Debian: snmp)',
  closed: 'look again',
};

/** Without a code it was not asked: no agent takes such credentials. */
function remedyOf(code: SnmpErrorCode | undefined): string {
  return code === undefined ? 'correct its snmp in settings' : remedies[code];
}

/** A port that settings name, by any of its names. */
function namedPort(id: string, name: string, { ports }: FoundSwitch): Finding {
  const what = `switch ${id}: port ${name} is there`;
  const names = ports.flatMap((port) => port.names);
  if (names.includes(name)) return { what };
  const meant = nearest(name, names);
  return {
    what,
    problem: `it has ${some(ports.map((port) => port.names[0] ?? ''))}${orMeant(meant)}`,
    remedy: `switch ${id}: under ports, name ${meant ?? 'another'} instead of ${name}, or leave it out`,
  };
}

/** A port that something depends on, by its id. */
function neededPort(id: string, { who, thing }: Need, { ids }: FoundSwitch): Finding {
  const what = `${who}: ${thing} is a port that switch ${id} has`;
  const wrong = thing.slice(`port/${id}/`.length);
  if (ids.includes(wrong)) return { what };
  const near = nearest(wrong, ids);
  const meant = near === undefined ? undefined : `port/${id}/${near}`;
  // No problem: netwatch may know a port by an id that it got when the switch named it otherwise, or that is missing just now.
  return {
    what,
    warning: `it has ${some(ids.map((port) => `port/${id}/${port}`))}${orMeant(meant)}`,
    remedy: `${who}: in dependsOn, name ${meant ?? 'another'} instead of ${thing}, or leave it out`,
  };
}

const mostNamed = 6;

function some(names: readonly string[]): string {
  const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ') || 'none'}${rest}`;
}

function orMeant(meant: string | undefined): string {
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
