import type { CableResource, ItemResource } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

/** The cables at an item, from its own end to the other. */
export function Cables({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  const cables = useList<CableResource>(`/api/v1/cables?item=${item.id}`, ['inventory']);
  return (
    <Section title={text.cables}>
      <Fetched of={cables} empty={<p>{text.noCables}</p>} forWhom={text.forTeam} lines={1}>
        {(all) => (
          <Table
            caption={text.cables}
            rows={all}
            keyOf={({ id }) => id}
            columns={[
              { head: text.id, of: ({ id }) => id },
              { head: item.name, of: ({ a, b }) => (a?.item === item.id ? a.port : (b?.port ?? text.free)) },
              { head: text.standsFor, of: ({ a, b }) => <End end={a?.item === item.id ? b : a} /> },
              { head: text.life, of: ({ state }) => text.states[state] },
              { head: text.note, of: ({ note }) => note ?? common.value.none },
            ]}
          />
        )}
      </Fetched>
    </Section>
  );
}

function End({ end }: { readonly end: CableResource['a'] }) {
  if (end === undefined) return <>{words.value.free}</>;
  return (
    <>
      <a href={`/things/${end.item}`}>{end.item}</a> {end.port}
    </>
  );
}
