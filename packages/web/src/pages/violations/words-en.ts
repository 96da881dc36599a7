/** What a kind of violation is, and what to do about one. */
export type KindWords = readonly [what: string, todo: string];

const kinds = {
  'core-down': ['Core that does not work', 'See what failed first, and mend that.'],
  'not-watched': [
    'Core that nothing watches',
    'Add a probe, a switch or a port with this role to space.yaml.',
  ],
  'item-not-watched': ['An item that nothing watches', 'Add a probe, or say by what it is watched.'],
  'not-restored': ['Not back after a power cut', 'Start it by hand, and look why it would not.'],
  'not-shut-down': ['Could not be shut down', 'Shut it down by hand, before the battery is empty.'],
  'node-not-back': ['A node that is not back', 'Go there and turn it on.'],
  'stuck-forced-shutdown': ['A forced shutdown that stands', 'Restart upsd: it keeps it until then.'],
  'node-id-taken': ['Two nodes with the same id', 'Give one of them another name.'],
  'found-off': ['A space-wide VM that is off', 'It is started by itself, if the rule is armed.'],
  'keeps-stopping': ['A space-wide VM that keeps going off', 'Look in its log why it stops.'],
  'lease-clock': ['Leases stand still', 'Look whether the clock is right, and accept it.'],
  'lease-unsent': ['Warnings that were not sent', 'Look whether the mail server works.'],
  'lease-undeliverable': [
    'An owner who cannot be warned',
    'Find out their address, or give the VM to another.',
  ],
  'lease-waits': ['More VMs than may stop in an hour', 'It goes on by itself; look whether it is right.'],
  'lease-not-stopped': ['A VM that did not stop', 'Shut it down by hand.'],
  'owner-away': ['A VM whose owner is gone', 'Give it to another, or throw it away.'],
  'vm-unclaimed': ['A VM that is nobody’s', 'Find out whose it is, and write that down.'],
  'team-differs': ['Register and directory differ', 'Make one like the other.'],
  'uid-reused': ['A login name given out anew', 'Look whether it is the right person.'],
  'directory-renumbered': ['The directory has other ids', 'Confirm who is who.'],
  'board-missing': ['Nobody of the board in the team', 'See that somebody of the board joins.'],
  'application-waits': ['An application that cannot go on', 'See that somebody may vote, or veto.'],
  'trial-undecided': ['A trial that is over', 'Confirm, extend or end it.'],
  'admin-not-member': ['Admin rights outside the team', 'Take the rights away, or have them join the team.'],
  'listed-not-member': ['On a list of access, not in the team', 'Take them from the list.'],
  'access-list-overdue': ['A list that was not confirmed', 'Read through the list, and confirm it.'],
  'service-account-overdue': ['A service account to look at', 'Look whether it is still needed.'],
  'service-account-without-steward': ['A service account of nobody', 'Name who looks after it.'],
  'access-not-recorded': ['Who has access is not recorded', 'Write down who has access.'],
  'bus-factor': ['Too few people can run it', 'Learn it, or confirm that you can.'],
  'hardware-not-ours': ['Core on somebody else’s hardware', 'Move it to hardware of the foundation.'],
  'hardware-unknown': ['Core on unknown hardware', 'Register what it runs on.'],
  'rent-ends': ['A rent that ends', 'Renew it in time, or move away.'],
  'no-design-decision': ['No design decision', 'Write on the wiki how it is made, and register that.'],
  'design-page': ['A page of a design decision', 'Write the page, or name the right one.'],
  'project-no-agreement': ['A project without an agreement', 'Agree on who does what, and write it down.'],
  'project-vm-destroyed': ['A VM of a project is gone', 'Take it from the project, or restore it.'],
  'project-not-in-pool': ['A VM in another pool', 'Move it to the pool of its project’s class.'],
  'policy-changed': ['The policy is newer', 'Read what changed, and name the new revision in space.yaml.'],
  'policy-gone': ['The policy is gone', 'Name the right page in space.yaml.'],
  'report-not-delivered': ['A report that reaches nobody', 'Look whether the board has an address.'],
  'notice-failed': ['A message that never arrived', 'Ask for another address.'],
  'mail-fails': ['The mail server does not work', 'Look at it, and at its settings.'],
} as const satisfies Readonly<Record<string, KindWords>>;

/** Texts of the page of violations. */
export interface Words {
  /** What is said in the place of what could not be fetched. */
  readonly lacks: Readonly<Record<'hidden' | 'accounts', string>>;
  readonly lead: string;
  readonly kinds: Readonly<Record<keyof typeof kinds, KindWords>>;
  readonly empty: string;
  readonly emptyNext: string;
  readonly nothingElse: string;
  readonly serious: string;
  readonly warning: string;
  readonly accepted: string;
  readonly acceptedLead: string;
  readonly hidden: (count: number) => string;
  readonly onlyClause: (clause: string) => string;
  readonly all: string;
  readonly since: string;
  readonly owner: (name: string) => string;
  /** Whose it is where it is nobody's in particular. */
  readonly ownerNone: string;
  readonly todo: string;
  readonly accept: string;
  readonly acceptOne: (what: string) => string;
  readonly acceptAll: (count: number) => string;
  readonly acceptMany: (count: number, what: string) => string;
  readonly acceptLead: string;
  readonly length: string;
  readonly lengths: Readonly<Record<'168h' | '720h' | '2160h' | '4392h' | '8784h', string>>;
  readonly because: string;
  readonly becauseHint: string;
  readonly isAccepted: (what: string) => string;
  readonly withdraw: string;
  readonly withdrawOf: (what: string) => string;
  readonly isWithdrawn: (what: string) => string;
  readonly until: string;
  readonly by: (who: string) => string;
  readonly many: (count: number) => string;
  readonly notAccepted: string;
}

const words: Words = {
  lacks: {
    accounts: 'What accounts are called is not known now.',
    hidden: 'Whether there is more than you may see is not known now.',
  },
  lead: 'What is not as the policy wants it. What can wait, can be accepted for a while.',
  kinds,
  empty: 'Everything is as the policy wants it.',
  emptyNext: 'Which clauses are watched stands on the page of the policy.',
  nothingElse: 'You may see none of them.',
  serious: 'Serious',
  warning: 'Attention',
  accepted: 'Accepted for now',
  acceptedLead: 'Somebody said that it may stay so for a while.',
  hidden: (count) =>
    `${count} more ${count === 1 ? 'is' : 'are'} about people: who they concern, and the team, may see them.`,
  onlyClause: (clause) => `Only about ${clause}.`,
  all: 'Show all',
  since: 'since',
  owner: (name) => `of ${name}`,
  ownerNone: 'for the infrateam',
  todo: 'What to do',
  accept: 'Accept',
  acceptOne: (what) => `Accept: ${what}`,
  acceptAll: (count) => `Accept all ${count}`,
  acceptMany: (count, what) => `Accept ${count} times: ${what}`,
  acceptLead: 'It stays on this page, and is no longer counted. When the time is over it is back.',
  length: 'For how long',
  lengths: {
    '168h': 'a week',
    '720h': '30 days',
    '2160h': '90 days',
    '4392h': 'half a year',
    '8784h': 'a year',
  },
  because: 'Why',
  becauseHint: 'Everybody can read it.',
  isAccepted: (what) => `Accepted: ${what}`,
  withdraw: 'Accept no more',
  withdrawOf: (what) => `Accept no more: ${what}`,
  isWithdrawn: (what) => `Not accepted any more: ${what}`,
  until: 'Accepted until',
  by: (who) => `by ${who}`,
  many: (count) => `${count} times`,
  notAccepted: 'not accepted',
};

export default words;
