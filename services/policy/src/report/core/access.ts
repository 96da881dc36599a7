import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, type EntryData, idIn, iso } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line = Omit<ReportHappenings['access'][number], 'at'>;
type Account = EntryData['account.found'];
type Access = ReportState['access'];
type Source = Access['sources'][number];

/** Who has admin access to core (CORE-2, CORE-4): in numbers, since names of accounts have uids in them (PRIV-1). */
export interface AccessToCore {
  readonly of: (where: Place) => Pick<ReportHappenings, 'access'>;
  readonly state: (to: number, team: ReadonlySet<string>) => Pick<ReportState, 'access'>;
}

interface Known {
  readonly accounts: Map<string, Account>;
  /** Whose an account is by somebody of the team: a person’s, or no person’s. */
  readonly whose: Map<string, string | 'service'>;
  /** By source: whether it could be read whole. */
  readonly read: Map<string, boolean>;
  readonly lists: Map<string, Access['lists'][number]>;
  readonly grants: Map<string, Access['grants'][number]>;
}

/** @param named the people who may be named: whoever is or was of the team or the board */
export function* foldAccess(
  entries: readonly Entry[],
  place: Placing,
  named: ReadonlySet<string>,
): Steps<AccessToCore> {
  const lines = gathering<Line>(place);
  const known: Known = {
    accounts: new Map(),
    whose: new Map(),
    read: new Map(),
    lists: new Map(),
    grants: new Map(),
  };
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    if (entry.type === 'account.found' && !known.accounts.has(id))
      lines.add(entry, { ...lineOf(entry.data, known.whose.get(id), named), what: 'gained' });
    const before = known.accounts.get(id);
    if (entry.type === 'account.gone' && before)
      lines.add(entry, { ...lineOf(before, known.whose.get(id), named), what: 'lost' });
    foldAccounts(known, entry);
    foldLists(known, entry);
  });
  return {
    of: (where) => ({ access: lines.of(where) }),
    state: (to, team) => ({
      access: {
        sources: sourcesOf(known, team),
        lists: sortedBy(known.lists.values(), ({ list }) => list),
        grants: sortedBy(
          [...known.grants.values()].filter(({ until }) => Date.parse(until) > to),
          ({ person, on }) => `${person} ${on}`,
        ),
      },
    }),
  };
}

function foldAccounts({ accounts, whose, read, ...known }: Known, entry: Entry): void {
  const id = idIn(entry);
  switch (entry.type) {
    case 'source.read':
      for (const each of [accounts, whose, read, known.lists, known.grants]) each.clear();
      break;
    case 'account.found':
      accounts.set(id, entry.data);
      break;
    case 'account.gone':
      accounts.delete(id);
      break;
    case 'known-account.assigned':
      whose.set(id, entry.data.person);
      break;
    case 'known-account.registered':
      whose.set(id, 'service');
      break;
    case 'known-account.forgotten':
      whose.delete(id);
      break;
    case 'access-source.known':
    case 'access-source.unknown':
      read.set(id, entry.type === 'access-source.known');
      break;
    case 'access-source.ended':
      read.delete(id);
      for (const [account, { source }] of accounts) if (source === id) accounts.delete(account);
      break;
  }
}

function foldLists({ lists, grants }: Known, entry: Entry): void {
  const id = idIn(entry);
  const list = lists.get(id);
  switch (entry.type) {
    case 'access-list.recorded': {
      const { title, kind, people, since = iso(entry.time) } = entry.data;
      lists.set(id, { list: id, title, kind, people, checked: since });
      break;
    }
    case 'access-list.confirmed':
      if (list) lists.set(id, { ...list, checked: iso(entry.time) });
      break;
    case 'access-list.ended':
      lists.delete(id);
      break;
    case 'grant.given': {
      const { person, on, until } = entry.data;
      grants.set(id, { person, on, until });
      break;
    }
    case 'grant.ended':
      grants.delete(id);
      break;
  }
}

function lineOf(
  { source, person }: Account,
  whose: string | undefined,
  named: ReadonlySet<string>,
): Omit<Line, 'what'> {
  const of = whose === 'service' ? undefined : (whose ?? person);
  return { source, ...(of !== undefined && named.has(of) && { person: of }) };
}

function sourcesOf({ accounts, whose, read }: Known, team: ReadonlySet<string>): Source[] {
  const counts = new Map<string, { team: number; services: number; others: number; asleep: number }>();
  for (const source of read.keys()) counts.set(source, { team: 0, services: 0, others: 0, asleep: 0 });
  for (const [id, { source, person, asleep, built_in }] of accounts) {
    const count = counts.get(source) ?? { team: 0, services: 0, others: 0, asleep: 0 };
    counts.set(source, count);
    const of = whose.get(id) ?? person;
    if (asleep) count.asleep += 1;
    else if (built_in || of === 'service') count.services += 1;
    else if (of !== undefined && team.has(of)) count.team += 1;
    else count.others += 1;
  }
  const found = [...counts].map(([source, count]) => ({ source, read: read.get(source) ?? false, ...count }));
  return sortedBy(found, ({ source }) => source);
}
