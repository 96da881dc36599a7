import type { ComponentChildren } from 'preact';
import type { Both } from '../api/edit.ts';
import { common } from '../words/common.ts';
import { Facts } from './table.tsx';

/** Somebody else changed it meanwhile: how it is now, beside what was wanted. */
export function OvertakenNote({
  now,
  yours,
}: {
  readonly now: ComponentChildren;
  readonly yours: ComponentChildren;
}) {
  const { failure: words } = common.value;
  return (
    <Note>
      <Facts
        of={[
          [words.now, now],
          [words.yours, yours],
        ]}
      />
    </Note>
  );
}

/** The same of a form, field by field: `names` is what its fields are called, `say` what stands in one in words. */
export function OvertakenFields<Values extends object>({
  both,
  names,
  say = (field, values) => String(values[field]),
}: {
  readonly both: readonly Both<Values>[];
  readonly names: Readonly<Record<keyof Values & string, string>>;
  readonly say?: ((field: keyof Values & string, values: Values) => string) | undefined;
}) {
  const { failure: words, none } = common.value;
  const said = (field: keyof Values & string, values: Values | undefined) => (
    <span class="said">{(values && say(field, values)) || none}</span>
  );
  return (
    <Note>
      {both.map(({ field, now, yours }) => (
        <div key={field}>
          <p class="strong">{names[field]}</p>
          <Facts
            of={[
              [words.now, said(field, now)],
              [words.yours, said(field, yours)],
            ]}
          />
        </div>
      ))}
    </Note>
  );
}

function Note({ children }: { readonly children: ComponentChildren }) {
  const { failure: words } = common.value;
  return (
    <div class="note warn" role="alert">
      <p class="strong">{words.changed}</p>
      <p>{words.changedWhy}</p>
      {children}
    </div>
  );
}
