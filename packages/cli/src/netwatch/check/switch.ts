import type { SwitchSettings } from '@huismeester/contracts';
import { credentialsOf, SnmpError } from '@huismeester/snmp';
import { type Finding, look } from '../../check/finding.ts';
import { askSwitch, type FoundSwitch } from '../ask-switch.ts';

/** The agent answers and takes the credentials; the ports that settings name are there. */
export async function checkSwitch({ id, host, port, snmp, ports }: SwitchSettings): Promise<Finding[]> {
  const what = `switch ${id}: its SNMP agent answers at ${host}:${port} and takes our credentials`;
  let code: string | undefined;
  const { finding, value } = await look(what, () =>
    askSwitch({ host, port, credentials: credentialsOf(snmp) }).catch((error: unknown) => {
      if (error instanceof SnmpError) ({ code } = error);
      throw error;
    }),
  );
  if (value === undefined) return [{ ...finding, remedy: `switch ${id}: ${remedyOf(code)}` }];
  return [finding, ...Object.keys(ports).map((name) => named(id, name, value))];
}

function remedyOf(code: string | undefined): string {
  if (code === 'refused' || code === 'not-in-time-window') return 'correct user, auth and priv in settings';
  // An agent is silent to a community that it does not have (RFC 3584).
  return 'turn SNMP on in it, for this machine; an agent does not answer a community that is not its own';
}

const mostNamed = 6;

function named(id: string, name: string, { ports }: FoundSwitch): Finding {
  const what = `switch ${id}: port ${name} is there`;
  if (ports.some(({ names }) => names.includes(name))) return { what };
  const some = ports.slice(0, mostNamed).map(({ names }) => names[0]);
  const rest = ports.length > mostNamed ? ` and ${ports.length - mostNamed} more` : '';
  return { what, problem: `it has ${some.join(', ') || 'none'}${rest}` };
}
