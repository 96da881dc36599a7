import type { Impact, ItemResource } from '@huismeester/contracts';
import { useResource } from '../../api/resource.ts';
import { placeOf } from '../../app/subjects.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { coreText } from './item-text.ts';
import { words } from './words.ts';

type Gone = Impact['goes'][number];

/** What goes with an item when it fails, nearest first, why, and whom to ask. */
export function ImpactOf({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  const impact = useResource<Impact>(`/api/v1/impact/item/${item.id}`, [
    'inventory',
    'vm-lifecycle',
    'netwatch',
    'ups-monitor',
  ]);
  return (
    <Section title={text.impact}>
      <p class="soft">{text.impactLead}</p>
      <Fetched of={impact} forWhom={text.forTeam}>
        {({ goes, weakened }) => (
          <>
            {goes.length === 0 ? <p>{text.nothingGoes}</p> : <List title={text.goes} all={goes} />}
            {weakened.length > 0 && <List title={text.weakened} all={weakened} />}
          </>
        )}
      </Fetched>
    </Section>
  );
}

function List({ title, all }: { readonly title: string; readonly all: readonly Gone[] }) {
  const text = words.value;
  const who = useNames();
  return (
    <>
      <h3>{title}</h3>
      <ul class="rows">
        {all.map((each) => (
          <li key={each.target}>
            <a class="strong" href={placeOf(each.item === undefined ? each.target : `item/${each.item}`)}>
              {each.name ?? each.target}
            </a>{' '}
            <span class="small">
              {each.because.map(({ kind, on }) => `${text.terms.links[kind]} ${on}`).join(', ')}
              {coreText(each, text) !== '' && `; ${text.core.toLowerCase()} ${coreText(each, text)}`}
              {each.people.length > 0 && `; ${text.ask} ${each.people.map(who).join(', ')}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
