import type { ItemResource } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { place, setQuery } from '../../app/router.ts';
import { may } from '../../app/session.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Check } from '../../parts/choices.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Table } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { civilDay } from '../../words/time.ts';
import { coreText, hasAll, searched, tenureText } from './item-text.ts';
import { Proposals } from './proposals.tsx';
import { words } from './words.ts';

/** `/things`: the register of things, searched first. */
export default function ThingsPage() {
  const text = words.value;
  const items = useList<ItemResource>('/api/v1/items', [
    'inventory',
    'vm-lifecycle',
    'netwatch',
    'ups-monitor',
  ]);
  const isTeam = may('infrateam', 'administrator');
  const act = (
    <>
      {isTeam && (
        <ButtonLink href="/things/new" look="main">
          {text.add}
        </ButtonLink>
      )}
      <ButtonLink href="/things/labels">{text.labels}</ButtonLink>
      {isTeam && <ButtonLink href="/things/import">{text.importing}</ButtonLink>}
    </>
  );
  return (
    <Page title={common.value.pages.things} lead={text.lead} act={act}>
      <Fetched
        of={items}
        lines={6}
        empty={
          <>
            <p class="strong">{text.empty}</p>
            <p>{text.emptyNext}</p>
          </>
        }
      >
        {(all) => <Found items={all} />}
      </Fetched>
      {may('infrateam', 'trial', 'board', 'administrator') && <Proposals />}
    </Page>
  );
}

function Found({ items }: { readonly items: readonly ItemResource[] }) {
  const text = words.value;
  const who = useNames();
  const typed = place.value.query.get('q') ?? '';
  const isRetiredToo = place.value.query.get('retired') === '1';
  const shown = items.filter(
    (each) => (isRetiredToo || each.life !== 'retired') && hasAll(searched(each, text, who), typed),
  );
  return (
    <>
      <search class="filters stack">
        <TextField label={text.search} type="search" value={typed} onInput={(q) => setQuery({ q })} />
        <div class="row">
          <Check
            label={text.retiredToo}
            value={isRetiredToo}
            onInput={(is) => setQuery({ retired: is ? '1' : undefined })}
          />
          <p class="small" role="status">
            {text.found(shown.length)}
          </p>
        </div>
      </search>
      {shown.length === 0 ? (
        <p class="empty">{text.notFound(typed)}</p>
      ) : (
        <Table<ItemResource>
          caption={common.value.pages.things}
          rows={shown.toSorted((a, b) => a.name.localeCompare(b.name))}
          keyOf={({ id }) => id}
          columns={[
            { head: text.name, of: ({ id, name }) => <a href={`/things/${id}`}>{name}</a> },
            {
              head: text.kind,
              of: ({ kind, life }) => kindText(text.terms.kinds[kind], life, text.terms.lives[life]),
            },
            { head: text.place, of: ({ place: at }) => at ?? common.value.none },
            { head: text.tenure, of: ({ tenure }) => tenureText(tenure, text, who, civilDay) },
            { head: text.core, of: (each) => coreText(each, text) || common.value.none },
            { head: text.seen, of: (each) => <Seen item={each} /> },
          ]}
        />
      )}
    </>
  );
}

/** What is not in use says so. */
function kindText(kind: string, life: ItemResource['life'], words: string): string {
  return life === 'in-use' ? kind : `${kind}, ${words}`;
}

/** How the thing is that it stands for, as its service says it. */
export function Seen({ item: { stands_for, seen } }: { readonly item: ItemResource }) {
  if (stands_for === undefined) return <>{common.value.none}</>;
  if (seen === undefined) return <Mark tone="unknown">{words.value.unseen}</Mark>;
  const tone = seenTones[seen.state] ?? 'calm';
  return <Mark tone={tone}>{stateWords()[seen.state] ?? seen.state}</Mark>;
}

const seenTones: Readonly<Record<string, 'good' | 'bad' | 'unknown' | 'calm'>> = {
  up: 'good',
  running: 'good',
  online: 'good',
  'on-mains': 'good',
  down: 'bad',
  'on-battery': 'bad',
  offline: 'bad',
  unknown: 'unknown',
  stopped: 'calm',
};

function stateWords(): Readonly<Record<string, string>> {
  const { thingStates, statuses } = common.value.terms;
  return { ...statuses, ...thingStates, ...words.value.seenStates };
}
