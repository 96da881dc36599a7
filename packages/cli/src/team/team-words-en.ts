import type { GroupName, MemberAct } from '@huismeester/contracts';
import { commandLines, english as terms } from '@huismeester/contracts/sentences';

const { groups } = terms;

/** What is said about the register of the team. */
export const team = {
  heads: {
    uid: 'uid',
    name: 'name',
    register: 'register',
    directory: 'directory',
    roles: 'roles',
    note: 'note',
  },
  nothing: 'Nobody is in the register of the team, or in a group of it.',
  differs: 'differs',
  awaited: 'awaits a change',
  until: (at: string) => `until ${at}`,
  changes: {
    add: (who: string, group: GroupName, since: string) =>
      `${who} is to be added to the group ${groups[group]}, since ${since}:`,
    delete: (who: string, group: GroupName, since: string) =>
      `${who} is to be taken out of the group ${groups[group]}, since ${since}:`,
  },
  commandLines: (command: string) => commandLines(command, 'en'),
  groupFirst: 'Roles follow once the group does: `huismeester team` says what is to be changed there.',
  ours: 'Huismeester does it itself.',
  trouble: (why: string) =>
    `The last time it could not: ${why}; give directory.ldap.bindDn the right to write the group.`,
  commandUnknown: 'What to run is not known now: the directory does not answer; see `huismeester directory`.',
  noGroup: (group: GroupName) =>
    `Settings name no such group: make it, and set directory.ldap.groups.${group}.`,
  labels: {
    register: 'register',
    directory: 'directory',
    roles: 'roles',
    proposed: 'proposed',
    grants: 'may act on',
    history: 'history',
  },
  notInRegister: 'not in it',
  since: (what: string, at: string) => `${what}, since ${at}`,
  afterwards: (what: string) => `then ${what} again`,
  acts: terms.memberActs,
  proposal: (act: string, by: string, at: string) => `${act}, by ${by}, ${at}`,
  toConfirm: (command: string) =>
    `another full member confirms it with \`huismeester ${command}\`, or takes it back with \`huismeester team withdraw\``,
  /** What became of an act. */
  done: {
    confirm: (who: string) => `${who} is a full member now`,
    extend: (who: string, until: string) => `The trial of ${who} lasts until ${until}`,
    end: (who: string) => `${who} is of the team no more`,
    suspend: (who: string, until: string) => `${who} is suspended until ${until}`,
    lift: (who: string) => `The suspension of ${who} is over`,
  } satisfies Record<MemberAct, (who: string, until: string) => string> as Readonly<
    Record<MemberAct, (who: string, until: string) => string>
  >,
  proposed: (who: string, act: string) => `For ${who} you propose ${act}`,
  proposedNext: (command: string) =>
    `Nothing changes yet: another full member confirms it with the same command: \`huismeester ${command}\`.`,
  proposedBefore: (command: string) =>
    `you proposed that yourself: another full member confirms it with \`huismeester ${command}\``,
  otherDays: (command: string, until: string) =>
    `another full member proposed until ${until}: confirm that with \`huismeester ${command}\`, without --days, or have it withdrawn first`,
  withdrawn: (who: string, act: string) => `${act} is not proposed for ${who} any more`,
  nothingProposed: (who: string) => `nothing is proposed about ${who}`,
  sayBecause:
    'say why: --because; full members and the board alone can read it, and it is erased after team.keepVotes (a year)',
  sayDays: 'say how many days it lasts, counted from now: --days 30',
  toTick: (who: string) => `What is to be done now: \`huismeester departure ${who}\`.`,
};

export const grant = {
  heads: { on: 'on', until: 'until', by: 'granted by', since: 'since' },
  nothing: (who: string) =>
    `Nothing is granted to ${who}: a member on trial sees all, and acts where the team grants it.`,
  given: (who: string, on: string, until: string) => `${who} may act on ${on} until ${until}`,
  ended: (who: string, on: string) => `${who} may not act on ${on} any more`,
  notGranted: (who: string, on: string) =>
    `${on} is not granted to ${who}: \`huismeester grant ${who}\` lists what is`,
  sayUntil: 'say until when: --until 2027-03-01, or --for 30d; at most a year',
  sayTarget: 'say on what: class/participant, class/space-wide, or a thing such as vm/104',
};
