import type { ComponentChildren } from 'preact';
import type { Act } from '../../api/act.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Select } from '../../parts/choices.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import type { Typed } from './item-fields.ts';
import { words } from './words.ts';

const layers = ['supporting', '1', '2', '3', '4', '5', '6', '7'] as const;
const tenures = ['owned', 'rented', 'loaned', 'private', 'unsaid'] as const;

/** The fields of an item; `act` is what its button does. Long, since it is a form, one field after another. */
export function ItemForm({
  values,
  set,
  act,
  save,
  isNew,
  overtaken,
}: {
  readonly values: Typed;
  readonly set: (more: Partial<Typed>) => void;
  readonly act: Act<[]>;
  readonly save: string;
  readonly isNew: boolean;
  /** What stands there instead of the failure where somebody else was faster. */
  readonly overtaken?: ComponentChildren;
}) {
  const text = words.value;
  const error = (field: string) => errorOf(act.failure, field);
  return (
    <form
      class="form card"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run();
      }}
    >
      <TextField
        label={text.name}
        error={error('name')}
        value={values.name}
        onInput={(name) => set({ name })}
        required
      />
      {isNew && (
        <TextField
          label={text.id}
          hint={text.idHint}
          error={error('id')}
          value={values.id}
          onInput={(id) => set({ id })}
        />
      )}
      <div class="fields">
        <Select
          label={text.kind}
          error={error('kind')}
          value={values.kind}
          onInput={(kind) => set({ kind })}
          options={optionsOf(text.terms.kinds)}
        />
        <Select
          label={text.layer}
          error={error('layer')}
          value={values.layer}
          onInput={(layer) => set({ layer })}
          options={layers.map((value) => ({ value, text: text.layers(value) }))}
        />
        <Select
          label={text.life}
          error={error('life')}
          value={values.life}
          onInput={(life) => set({ life })}
          options={optionsOf(text.terms.lives)}
        />
        <Select
          label={text.core}
          error={error('core')}
          value={values.core}
          onInput={(core) => set({ core })}
          options={optionsOf(text.terms.cores)}
        />
      </div>
      <TextField
        label={text.place}
        hint={text.placeHint}
        error={error('place')}
        value={values.place}
        onInput={(place) => set({ place })}
      />
      <Check label={text.spaceWide} value={values.space_wide} onInput={(space_wide) => set({ space_wide })} />
      <div class="fields">
        <Select
          label={text.tenure}
          error={error('tenure')}
          value={values.tenure}
          onInput={(tenure) => set({ tenure })}
          options={tenures.map((value) => ({ value, text: text.tenureKinds[value] }))}
        />
        {values.tenure !== 'owned' && values.tenure !== 'unsaid' && (
          <>
            <TextField
              label={text.party}
              error={error('tenure.name')}
              value={values.party}
              onInput={(party) => set({ party })}
            />
            <TextField
              label={text.until}
              type="date"
              error={error('tenure.until')}
              value={values.until}
              onInput={(until) => set({ until })}
            />
          </>
        )}
      </div>
      <TextField
        label={text.standsFor}
        hint={text.standsForHint}
        error={error('stands_for')}
        value={values.stands_for}
        onInput={(stands_for) => set({ stands_for })}
      />
      <TextField
        label={text.note}
        rows={3}
        error={error('note')}
        value={values.note}
        onInput={(note) => set({ note })}
      />
      {overtaken || (act.failure && <FailureNote failure={act.failure} />)}
      <div class="acts">
        <Button type="submit" look="main" busy={act.busy}>
          {save}
        </Button>
      </div>
    </form>
  );
}

function optionsOf<Value extends string>(
  all: Readonly<Record<Value, string>>,
): { value: Value; text: string }[] {
  return Object.entries<string>(all).map(([value, text]) => ({ value: value as Value, text }));
}
