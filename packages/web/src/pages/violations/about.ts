import type { AccountResource, Violation } from '@huismeester/contracts';
import { known, type Resource, useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { subjectText, useSubjects } from '../../parts/subject.ts';

interface About {
  nameOf(subject: string): string;
  /** By which accounts have their names. */
  readonly accounts: Resource<unknown>;
}

/** What that is called which violations are about: an account with admin rights by its name and where it is, for whoever may see these. */
export function useAbout(all: readonly Violation[]): About {
  const nameOf = useSubjects();
  const isAsked =
    may('infrateam', 'trial', 'board', 'administrator') &&
    all.some(({ about }) => about.startsWith('account/'));
  const accounts = useList<AccountResource>(isAsked ? '/api/v1/access' : undefined, ['membership']);
  const names = new Map<string, string>(
    (known(accounts) ?? []).flatMap(({ id, name, source }) =>
      name === undefined ? [] : [[`account/${id}`, `account/${name} (${source})`]],
    ),
  );
  return {
    nameOf(subject) {
      const called = names.get(subject);
      return called === undefined ? nameOf(subject) : subjectText(called);
    },
    accounts,
  };
}
