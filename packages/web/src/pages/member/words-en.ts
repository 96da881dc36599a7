import type { MemberAct, OffboardingResource } from '@huismeester/contracts';

type Item = OffboardingResource['items'][number];

/** Texts of one member of the team. */
export interface Words {
  readonly back: string;
  readonly title: string;
  readonly forTeam: string;
  readonly facts: Readonly<Record<'register' | 'since' | 'until' | 'groups' | 'roles' | 'after', string>>;
  readonly notInRegister: string;
  readonly proposed: string;
  proposedBy(act: string, name: string): string;
  readonly anotherConfirms: string;
  confirmIt(act: string): string;
  readonly takeBack: string;
  readonly takenBack: string;
  readonly confirmed: string;
  readonly acts: Readonly<Record<MemberAct, (who: string) => string>>;
  readonly actLeads: Readonly<Record<MemberAct, string>>;
  readonly alone: string;
  readonly twoNeeded: string;
  readonly did: string;
  readonly deciding: string;
  readonly because: string;
  readonly becauseHint: string;
  readonly days: string;
  readonly daysHint: string;
  readonly endsBoard: string;
  readonly grants: string;
  readonly grantsLead: string;
  readonly grantsNone: string;
  grant(who: string): string;
  readonly on: string;
  readonly onHint: string;
  readonly grantUntil: string;
  readonly core: string;
  readonly granted: string;
  end(on: string): string;
  grantEnded(on: string): string;
  readonly until: string;
  readonly leave: string;
  readonly leaveLead: string;
  readonly left: string;
  departureTitle(who: string): string;
  readonly departureLead: string;
  readonly nothing: string;
  membersLeft(count: number): string;
  stewards(subject: string, count: number): string;
  hold(target: string): string;
  vote(who: string): string;
  vms(names: string): string;
  project(project: string, isOnly: boolean): string;
  accounts(count: number): string;
  lists(names: string): string;
  secrets(names: string): string;
  readonly offboarding: string;
  toDo(open: number, of: number): string;
  readonly kinds: Readonly<Record<Item['kind'], string>>;
  readonly seen: string;
  unread(sources: string): string;
  readonly history: string;
  readonly happened: Readonly<Record<string, string>>;
}

const words: Words = {
  back: 'To the team',
  title: 'Member of the team',
  forTeam: 'the team, the board, and whoever it is about',
  facts: {
    register: 'Register',
    since: 'Since',
    until: 'Until',
    groups: 'Directory',
    roles: 'Roles',
    after: 'Then again',
  },
  notInRegister: 'not in it',
  proposed: 'Proposed',
  proposedBy: (act, name) => `${name} proposes ${act}.`,
  anotherConfirms: 'Nothing changes until another full member confirms it.',
  confirmIt: (act) => `Confirm: ${act}`,
  takeBack: 'Take the proposal back',
  takenBack: 'It is not proposed any more',
  confirmed: 'It is confirmed, and done',
  acts: {
    confirm: (who) => `Make ${who} a full member`,
    extend: (who) => `Extend the trial of ${who}`,
    suspend: (who) => `Suspend ${who}`,
    lift: (who) => `Lift the suspension of ${who}`,
    end: (who) => `End the membership of ${who}`,
  },
  actLeads: {
    confirm: 'The trial ends well: from then on a full member, who votes too.',
    extend: 'The trial lasts so many days from now.',
    suspend: 'For two weeks not of the team, without roles. Then as before.',
    lift: 'As before the suspension, at once.',
    end: 'Not of the team any more. This is what follows:',
  },
  alone: 'As a board member you do this alone, at once.',
  twoNeeded: 'You propose it; another full member confirms it.',
  did: 'It is done, or proposed',
  deciding: 'What is decided about this member',
  because: 'Why',
  becauseHint: 'Only full members and the board read it; it is erased after a year.',
  days: 'How many days from now',
  daysHint: '1 to 365, and longer than it lasts now.',
  endsBoard: 'Nobody of the board would be in the team any more (BOARD-1).',
  grants: 'May work on',
  grantsLead: 'Whoever is on trial sees all, and does what the team grants.',
  grantsNone: 'Nothing yet.',
  grant: (who) => `Grant ${who} something`,
  on: 'On what',
  onHint: 'class/participant, class/space-wide, or a thing such as vm/104.',
  grantUntil: 'Until and with',
  core: 'I know that this is admin access to core (CORE-4)',
  granted: 'It is granted',
  end: (on) => `Take back ${on}`,
  grantEnded: (on) => `${on} is taken back`,
  until: 'until',
  leave: 'Leave the team',
  leaveLead: 'You leave at once. This is what follows:',
  left: 'You are not of the team any more',
  departureTitle: (who) => `If ${who} left now`,
  departureLead: 'Looking changes nothing.',
  nothing: 'Nothing else follows.',
  membersLeft: (count) => (count === 1 ? 'One full member is left.' : `${count} full members are left.`),
  stewards: (subject, count) => `${subject}: ${count} left who can run it`,
  hold: (target) => `${target} is on hold by them`,
  vote: (who) => `Their vote on ${who} counts no more`,
  vms: (names) => `VMs of theirs: ${names}`,
  project: (project, isOnly) => `Project ${project}${isOnly ? ': nobody else runs it' : ''}`,
  accounts: (count) =>
    count === 1 ? 'One account with admin rights' : `${count} accounts with admin rights`,
  lists: (names) => `Access to: ${names}`,
  secrets: (names) => `Shared secrets to change: ${names}`,
  offboarding: 'To be done since they left',
  toDo: (open, of) => `${open} of ${of} to do`,
  kinds: {
    group: 'Take out of the group',
    account: 'Take the rights from',
    list: 'Take off the list',
    secret: 'Change this secret:',
    wiki: 'Look at the rights on the wiki',
  },
  seen: 'seen: it is so',
  unread: (sources) => `Accounts could not be read at ${sources}: there may be more to do.`,
  history: 'What happened',
  happened: {
    'member.imported': 'was in it when the register began',
    'member.joined': 'joined the team',
    'member.proposed': 'something was proposed',
    'member.proposal-withdrawn': 'a proposal was taken back',
    'member.confirmed': 'full member after the trial',
    'member.extended': 'trial extended',
    'member.suspended': 'suspended',
    'member.reinstated': 'suspension over',
    'member.left': 'not of the team any more',
    'grant.given': 'granted something to work on',
    'grant.ended': 'a grant ended',
    'departure.begun': 'a list of what is to be done',
    'departure.ticked': 'something of that list ticked',
  },
};

export default words;
