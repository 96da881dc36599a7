import type { OffboardingItem } from '@huismeester/contracts';

/** What is said about who leaves the team. */
export const leave = {
  sure: 'Leave the team?',
  notOfTeam: 'you are not of the team: there is nothing to leave',
  left: 'You are of the team no more',
  next: (who: string) => `What the team does now: \`huismeester departure ${who}\`.`,
};

export const departure = {
  title: (who: string) => `If ${who} left the team now (asking changes nothing):`,
  labels: {
    register: 'register',
    board: 'BOARD-1',
    members: 'full members',
    core: 'core',
    holds: 'holds',
    applications: 'applications',
    vms: 'VMs',
    projects: 'projects',
    accounts: 'admin accounts',
    lists: 'access',
    secrets: 'shared secrets',
    unknown: 'not known',
  },
  notInRegister: 'not of the team',
  endsBoard: 'no board member would be in the team any more',
  membersLeft: (count: number) => `${count} would be left`,
  stewards: (subject: string, count: number) => `${subject}: ${count} left who can run it`,
  hold: (target: string, until: string) => `${target} until ${until}`,
  application: (who: string, state: string, voted: boolean) =>
    `${who} (${state})${voted ? ': their vote would not count any more' : ''}`,
  project: (project: string, role: 'owner' | 'manager', only: boolean) =>
    `${project}, as ${role}${only ? '; nobody else runs it' : ''}`,
  secrets: (names: string) => `${names}: to be changed`,
  list: (who: string, since: string, open: number, of: number) =>
    `${who} left the team on ${since}: ${open} of ${of} to do`,
  nothingToDo: 'There is nothing to do.',
  unread: (sources: string) => `At ${sources} accounts could not be read: there may be more to do.`,
  kinds: {
    group: 'take them out of the group',
    account: 'take the rights away of',
    list: 'take them off the list',
    secret: 'change this secret, which they know:',
    wiki: 'look at their rights on the wiki',
  } satisfies Record<OffboardingItem['kind'], string> as Readonly<Record<OffboardingItem['kind'], string>>,
  seen: 'done, as far as Huismeester sees',
  toTick: (who: string, item: string) =>
    `Tick what is done: \`huismeester departure ${who} --done ${item}\`.`,
  ticked: (item: string) => `${item} is done`,
  unticked: (item: string) => `${item} is to be done after all`,
  noItem: (item: string, items: string) => `there is no ${item} to tick: say which of ${items}`,
  noList: (who: string) => `${who} has not left: there is nothing to tick`,
};
