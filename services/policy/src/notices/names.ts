import { type AskService, Unanswered } from '@huismeester/service';
import type { NoticeRow } from './due.ts';

/** Of so many things of a kind names are asked for at once. */
const mostNames = 500;
/** Each person is a question of its own. */
const mostPeople = 50;

type About = Pick<NoticeRow, 'subject' | 'says'>;

/**
 * What is called how that these are about, by their subjects: VMs as vm-lifecycle knows them, accounts and people as membership does. It is read when
 * it is sent, and kept nowhere (PRIV-1). Nobody waits for a name.
 */
export async function namesOf(ask: AskService, rows: readonly About[]): Promise<ReadonlyMap<string, string>> {
  const [vms, accounts, people] = await Promise.all([
    vmNames(ask, idsOf(rows, 'vm')),
    accountNames(ask, idsOf(rows, 'account')),
    personNames(ask, rows),
  ]);
  return new Map([...vms, ...accounts, ...people]);
}

/** Of people alone, for what leaves to a place beside mail. */
export async function personNames(
  ask: AskService,
  rows: readonly About[],
): Promise<ReadonlyMap<string, string>> {
  const personOf = ({ subject, says }: About) => says.about ?? /^person\/(.+)$/.exec(subject)?.[1];
  const people = [...new Set(rows.flatMap((row) => personOf(row) ?? []))].slice(0, mostPeople);
  const names = new Map<string, string>();
  for (const person of people) {
    const answer = await unlessUnanswered(() => ask('membership', 'contact', { person }));
    if (answer?.state === 'known' && answer.name !== undefined) names.set(person, answer.name);
  }
  return new Map(
    rows.flatMap((row) => {
      const name = names.get(personOf(row) ?? '');
      return name === undefined ? [] : [[row.subject, name] as const];
    }),
  );
}

function idsOf(rows: readonly About[], kind: string): string[] {
  const prefix = `${kind}/`;
  const ids = rows.flatMap(({ subject }) =>
    subject.startsWith(prefix) ? [subject.slice(prefix.length)] : [],
  );
  return [...new Set(ids)].slice(0, mostNames);
}

/** What these VMs are called, by subject; those of which it cannot be found out now are left out. */
export async function vmNames(ask: AskService, vms: readonly string[]): Promise<[string, string][]> {
  if (vms.length === 0) return [];
  const answer = await unlessUnanswered(() => ask('vm-lifecycle', 'names', { vms: [...vms] }));
  return answer?.names.map(({ vm, name }) => [`vm/${vm}`, name]) ?? [];
}

async function accountNames(ask: AskService, accounts: readonly string[]): Promise<[string, string][]> {
  if (accounts.length === 0) return [];
  const answer = await unlessUnanswered(() => ask('membership', 'accounts', { accounts: [...accounts] }));
  return answer?.names.map(({ account, name }) => [`account/${account}`, name]) ?? [];
}

async function unlessUnanswered<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}
