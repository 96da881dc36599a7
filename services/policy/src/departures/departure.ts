import { type Departure, fullStewardsNeeded } from '@huismeester/contracts';
import type { Facts } from '../facts/index.ts';
import { isOfTeam } from '../facts/member.ts';
import { boardInTeam, fullMembers, whyUnknown } from '../facts/of-team.ts';
import { runsProject } from '../facts/project.ts';
import { isCoreInUse } from '../rules/things/register.ts';
import { countStewards, stewardsByItem } from '../rules/things/stewards.ts';

/** What a departure is found in. */
export type KnownOfDeparture = Pick<
  Facts,
  | 'person'
  | 'member'
  | 'directory'
  | 'application'
  | 'account'
  | 'knownAccount'
  | 'accessSource'
  | 'accessList'
  | 'ownership'
  | 'project'
  | 'vm'
  | 'hold'
  | 'item'
  | 'steward'
>;

/**
 * What would follow if somebody left the team now (TEAM-2, BOARD-1), from facts alone; undefined where nobody knows of such a person. What cannot be
 * told is named in `unknown`, and what was last known of it is there all the same. `now` is in ms since 1970.
 */
export function departureOf(person: string, known: KnownOfDeparture, now: number): Departure | undefined {
  const member = known.member.get(person);
  if (member === undefined && !known.person.has(person)) return undefined;
  const board = boardInTeam(known);
  return {
    person,
    ...(member && { register: member.state }),
    endsBoard: board.length === 1 && board[0] === person,
    fullMembersLeft: fullMembers(known.member).filter((each) => each !== person).length,
    core: coreOf(person, known, now),
    holds: holdsBy(person, known),
    applications: applicationsFor(person, known, board),
    vms: vmsOf(person, known),
    projects: projectsOf(person, known),
    accounts: accountsOf(person, known),
    lists: [...known.accessList.values()].flatMap(({ list, kind, people }) =>
      people.includes(person) ? [{ list, kind }] : [],
    ),
    unknown: unknownIn(known),
  };
}

/** Core in use that they can run, and fewer than two full members could then. */
function coreOf(person: string, known: KnownOfDeparture, now: number): Departure['core'] {
  const stewards = stewardsByItem(known.steward);
  return [...known.item.values()].flatMap((each) => {
    if (!isCoreInUse(each, known)) return [];
    const { people } = countStewards(stewards.get(each.item), 'full', known, now);
    const others = people.filter((one) => one !== person).length;
    return people.includes(person) && others < fullStewardsNeeded
      ? [{ subject: `item/${each.item}`, stewards: others }]
      : [];
  });
}

function holdsBy(person: string, { hold }: KnownOfDeparture): Departure['holds'] {
  const by = `person:${person}`;
  return [...hold.values()].flatMap(({ id, target, until, ...each }) =>
    each.by === by ? [{ id, target, until: new Date(until).toISOString() }] : [],
  );
}

/** Those that are open on which the person may vote, or which they may veto: a board member in the team may until it is carried out (JOIN-2). */
function applicationsFor(
  person: string,
  { application, member }: KnownOfDeparture,
  board: readonly string[],
): Departure['applications'] {
  const of = member.get(person);
  const isFull = of?.state === 'full';
  const mayVeto = of !== undefined && isOfTeam(of) && board.includes(person);
  return [...application.values()].flatMap((each) => {
    if (each.person === person) return [];
    const isTheirs =
      (each.state === 'open' && (isFull || mayVeto)) ||
      ((each.state === 'awaiting-board' || each.state === 'proposed') && mayVeto);
    const { application: id, person: applicant, state, voted } = each;
    return isTheirs ? [{ application: id, person: applicant, state, voted: voted.includes(person) }] : [];
  });
}

function vmsOf(person: string, { ownership, vm }: KnownOfDeparture): Departure['vms'] {
  return [...ownership.values()].flatMap(({ vm: id, owner }) => {
    if (owner !== person) return [];
    const of = vm.get(id)?.class;
    return [{ vm: id, ...(of !== undefined && { class: of }) }];
  });
}

function projectsOf(person: string, { project }: KnownOfDeparture): Departure['projects'] {
  return [...project.values()].flatMap((each) => {
    const { project: id, class: of, state, owner, managers } = each;
    if (state === 'retired' || !runsProject(each, person)) return [];
    const others = [...managers, ...(owner === undefined ? [] : [owner])].filter((one) => one !== person);
    const role = owner === person ? 'owner' : 'manager';
    return [{ project: id, class: of, role, only: others.length === 0 } as const];
  });
}

/** As the review has it: the directory goes before what was said by hand. */
function accountsOf(person: string, { account, knownAccount }: KnownOfDeparture): string[] {
  return [...account.values()].flatMap((each) => {
    const whose = each.person ?? knownAccount.get(each.account)?.person;
    return whose === person ? [each.account] : [];
  });
}

function unknownIn(known: KnownOfDeparture): string[] {
  const { member, ownership, project, application, account, accessList, accessSource, item, steward } = known;
  const directory = whyUnknown(known);
  const unseen = (what: string, facts: ReadonlyMap<string, { readonly unseen?: true }>) =>
    [...facts.values()].some((each) => each.unseen) ? [`${what}: not all of it is seen now`] : [];
  return [
    ...(directory === undefined ? [] : [`who is of the board: ${directory}`]),
    ...unseen('the register of the team', member),
    ...unseen('applications', application),
    ...unseen('accounts', account),
    ...unseen('lists', accessList),
    ...unseen('owners of VMs', ownership),
    ...unseen('projects', project),
    ...unseen('items', item),
    ...unseen('who can run them', steward),
    ...[...accessSource.values()].flatMap(({ source, state, lacks }) =>
      state === 'known' ? [] : [`accounts at ${source}: it could not be read whole: ${lacks ?? 'it failed'}`],
    ),
  ];
}
