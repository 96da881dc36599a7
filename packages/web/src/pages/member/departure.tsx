import type { Departure } from '@huismeester/contracts';
import { useResource } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { useNames } from '../../parts/person.tsx';
import { words } from './words.ts';

/** What would follow if somebody left the team now. */
export function useDeparture(person: string | undefined) {
  const path = person === undefined ? undefined : `/api/v1/departures/${encodeURIComponent(person)}`;
  return useResource<Departure>(path, ['policy', 'membership']);
}

/** The same as a list. */
export function DepartureOf({ person }: { readonly person: string }) {
  const departure = useDeparture(person);
  return (
    <Fetched of={departure} forWhom={words.value.forTeam}>
      {(of) => <Follows of={of} />}
    </Fetched>
  );
}

function Follows({ of }: { readonly of: Departure }) {
  const text = words.value;
  const name = useNames();
  const listsOf = (kind: 'access' | 'secret') =>
    of.lists.flatMap((each) => (each.kind === kind ? [each.list] : [])).join(', ');
  const lines = [
    ...of.core.map(({ subject, stewards }) => text.stewards(subject, stewards)),
    ...of.holds.map(({ target }) => text.hold(target)),
    ...of.applications.flatMap((each) => (each.voted ? [text.vote(name(each.person))] : [])),
    ...(of.vms.length === 0 ? [] : [text.vms(of.vms.map(({ vm }) => vm).join(', '))]),
    ...of.projects.map(({ project, only }) => text.project(project, only)),
    ...(of.accounts.length === 0 ? [] : [text.accounts(of.accounts.length)]),
    ...(listsOf('access') === '' ? [] : [text.lists(listsOf('access'))]),
    ...(listsOf('secret') === '' ? [] : [text.secrets(listsOf('secret'))]),
  ];
  return (
    <div class="stack">
      {of.endsBoard && <Mark tone="bad">{text.endsBoard}</Mark>}
      <p>{text.membersLeft(of.fullMembersLeft)}</p>
      {lines.length === 0 ? (
        <p class="soft">{text.nothing}</p>
      ) : (
        <ul class="plain">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {of.unknown.map((line) => (
        <Mark key={line} tone="unknown">
          {line}
        </Mark>
      ))}
    </div>
  );
}
