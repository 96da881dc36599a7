import type { ItemResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done } from '../../api/act.ts';
import { type Edit, isOvertaken, useActOn, useEdit } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import { known, type Resource, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { civilDay } from '../../words/time.ts';
import { Cables } from './cables.tsx';
import { ImpactOf } from './impact.tsx';
import { fieldsOf, type Typed, typedOf } from './item-fields.ts';
import { ItemForm } from './item-form.tsx';
import { coreText, tenureText } from './item-text.ts';
import { Label } from './label.tsx';
import { Needs } from './needs.tsx';
import { Overtaken } from './overtaken.tsx';
import { Seen } from './page.tsx';
import { Stewards } from './stewards.tsx';
import './style.css';
import { words } from './words.ts';

/** `/things/:id`: an item, whose it is, what it needs, who can run it, and what goes with it. */
export default function ItemPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const item = useResource<ItemResource>(`/api/v1/items/${encodeURIComponent(id)}`, [
    'inventory',
    'vm-lifecycle',
    'netwatch',
    'ups-monitor',
  ]);
  const found = known(item);
  const isEditing = useSignal<boolean>(false);
  const title = found?.name ?? id;
  const isTeam = may('infrateam', 'administrator');
  const act = found !== undefined && isTeam && (
    <>
      <Button
        onClick={() => {
          isEditing.value = !isEditing.value;
        }}
      >
        {text.change(title)}
      </Button>
      {found.place !== undefined && (
        <ButtonLink href={`/things/new?place=${encodeURIComponent(found.place)}`}>
          {text.addAnother(found.place)}
        </ButtonLink>
      )}
    </>
  );
  return (
    <Page title={title} act={act}>
      <Fetched of={item} lines={6}>
        {(each) => (
          <>
            {isEditing.value ? (
              <Change
                item={each}
                of={item}
                onDone={() => {
                  isEditing.value = false;
                }}
              />
            ) : (
              <About item={each} />
            )}
            <Stewards item={each} />
            <Needs item={each} />
            {may('infrateam', 'trial', 'board', 'administrator') && (
              <>
                <Cables item={each} />
                <ImpactOf item={each} />
              </>
            )}
          </>
        )}
      </Fetched>
    </Page>
  );
}

function About({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  const who = useNames();
  const { kind, layer, life, infra, space_wide, place, tenure, stands_for, project, note, since } = item;
  return (
    <div class="card about">
      <Facts
        of={[
          [text.kind, `${text.terms.kinds[kind]}, ${text.layers(layer)}`],
          [text.life, text.terms.lives[life]],
          [text.place, place ?? common.value.none],
          [text.tenure, infra ? tenureText(tenure, text, who, civilDay) : text.notInfra],
          [text.core, coreText(item, text) || text.terms.cores.no],
          ...(space_wide ? ([[common.value.terms.classes['space-wide'], text.spaceWide]] as const) : []),
          ...(stands_for === undefined
            ? []
            : ([
                [text.standsFor, <a href={placeOf(stands_for)}>{stands_for}</a>],
                [text.seen, <Seen item={item} />],
              ] as const)),
          ...(project === undefined
            ? []
            : ([[common.value.pages.projects, <a href={`/projects/${project}`}>{project}</a>]] as const)),
          ...(note === undefined ? [] : ([[text.note, note]] as const)),
          [text.since, <When at={since} />],
        ]}
      />
      <Label item={item} />
    </div>
  );
}

interface Changing {
  readonly item: ItemResource;
  readonly onDone: () => void;
}

function Change({ item, of, onDone }: Changing & { readonly of: Resource<ItemResource> }) {
  const text = words.value;
  const edit = useEdit(`item-${item.id}`, of, typedOf, typedOf(item));
  const { values, set, clear } = edit;
  const act = useActOn(edit, async (ifMatch) => {
    await send(`/api/v1/items/${item.id}`, { method: 'PUT', body: fieldsOf(values, item), ifMatch });
    clear();
    done(text.saved(item.name));
    onDone();
  });
  return (
    <div class="stack">
      <ItemForm
        values={values}
        set={set}
        act={act}
        save={text.save(item.name)}
        isNew={false}
        overtaken={isOvertaken(act.failure) && <Overtaken edit={edit} />}
      />
      {item.life !== 'retired' && <Retire item={item} edit={edit} onDone={onDone} />}
    </div>
  );
}

function Retire({ item, edit, onDone }: Changing & { readonly edit: Edit<Typed> }) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const act = useActOn(edit, async (ifMatch) => {
    await send(`/api/v1/items/${item.id}/retirement`, { method: 'POST', body: {}, ifMatch });
    edit.clear();
    done(text.retired(item.name));
    onDone();
  });
  return (
    <>
      <p>
        <Button
          look="danger"
          onClick={() => {
            isAsking.value = true;
          }}
        >
          {text.retire(item.name)}
        </Button>
      </p>
      {isAsking.value && (
        <Confirm
          title={text.retire(item.name)}
          look="danger"
          by={act}
          overtaken={<Overtaken edit={edit} />}
          onClose={() => {
            isAsking.value = false;
          }}
          onConfirm={() => void act.run()}
        >
          <p>{text.retireWhy}</p>
        </Confirm>
      )}
    </>
  );
}
