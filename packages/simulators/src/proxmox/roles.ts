import type { ProxmoxState, TokenState } from './state.ts';

/** Every privilege of Proxmox VE 9, by who gets it with the roles that come with it. */
const privileges = {
  /** The role Administrator alone has them. */
  root: 'Sys.PowerMgmt Sys.Modify Sys.Incoming Sys.AccessNetwork Realm.Allocate Permissions.Modify',
  admin:
    'VM.Allocate VM.Clone VM.Migrate VM.Replicate VM.Snapshot VM.Snapshot.Rollback VM.GuestAgent.Unrestricted ' +
    'VM.Config.Disk VM.Config.CPU VM.Config.Memory VM.Config.Network VM.Config.HWType VM.Config.Options ' +
    'Sys.Console Sys.Syslog Datastore.Allocate Datastore.AllocateTemplate SDN.Allocate Pool.Allocate Mapping.Modify ' +
    'User.Modify Group.Allocate Realm.AllocateUser',
  user:
    'VM.Config.CDROM VM.Config.Cloudinit VM.Console VM.Backup VM.PowerMgmt VM.GuestAgent.FileRead ' +
    'VM.GuestAgent.FileWrite VM.GuestAgent.FileSystemMgmt Datastore.AllocateSpace SDN.Use Mapping.Use',
  audit: 'VM.Audit VM.GuestAgent.Audit Sys.Audit Datastore.Audit SDN.Audit Pool.Audit Mapping.Audit',
} as const;
type Level = keyof typeof privileges;

const at = (...levels: Level[]): string[] => levels.flatMap((level) => privileges[level].split(' '));
/** Of realms and groups the role is PVEUserAdmin. */
const inCategory = (category: string) => (privilege: string) => {
  const [first = ''] = privilege.split('.');
  return (first === 'Realm' || first === 'Group' ? 'User' : first) === category;
};

const forCategory = (category: string): [string, string[]][] => {
  const usable = at('user').filter(inCategory(category));
  const seen = at('audit').filter(inCategory(category));
  const administered = at('admin').filter(inCategory(category));
  const hasUsers = usable.length > 0 || category === 'Pool';
  return [
    [`PVE${category}Admin`, [...administered, ...usable, ...seen]],
    ...(hasUsers ? [[`PVE${category}User`, [...usable, ...seen]] satisfies [string, string[]]] : []),
  ];
};

/** The roles that come with it, each with its privileges. */
export const builtInRoles: ReadonlyMap<string, readonly string[]> = new Map([
  ['Administrator', at('root', 'admin', 'user', 'audit')],
  ['NoAccess', []],
  ['PVEAdmin', at('admin', 'user', 'audit').filter((privilege) => privilege !== 'Mapping.Modify')],
  ['PVEAuditor', at('audit')],
  ['PVETemplateUser', ['VM.Audit', 'VM.Clone']],
  ...['VM', 'Sys', 'Datastore', 'SDN', 'User', 'Pool', 'Mapping'].flatMap(forCategory),
]);

/** The role of what a token of the state says of itself: called after what it has. */
export function ownRole(privs: readonly string[]): string {
  return privs.toSorted().join('_') || 'Nothing';
}

/** All roles there are: those that come with it, those of the state, and those of tokens that say what they have. */
export function rolesOf({
  roles = [],
  tokens,
}: Pick<ProxmoxState, 'roles'> & {
  tokens: readonly Pick<TokenState, 'privileges'>[];
}): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...builtInRoles,
    ...roles.map(({ id, privs }) => [id, privs] as const),
    ...tokens.flatMap(({ privileges: own }) => own.map(({ privs }) => [ownRole(privs), privs] as const)),
  ]);
}
