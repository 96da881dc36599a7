import type { ProxmoxState } from '@huismeester/simulators';

type Privileges = ProxmoxState['tokens'][number]['privileges'];

/** What the token may in a cluster where these `pveum` commands were run, in their order. */
export function grantedBy(commands: readonly string[], before: Privileges = []): Privileges {
  const roles = new Map<string, string[]>();
  const granted = [...before];
  for (const command of commands.flatMap((line) => line.split(/; | \|\| /))) {
    const role = /^pveum role (?:add|modify) (\w+) --privs "([^"]+)"$/.exec(command);
    if (role?.[1] && role[2]) roles.set(role[1], role[2].split(' '));
    const grant = /^pveum acl modify (\S+) --users \S+ --tokens \S+ --roles (\w+)$/.exec(command);
    if (grant?.[1] && grant[2]) granted.push({ path: grant[1], privs: roles.get(grant[2]) ?? [] });
  }
  return granted;
}
